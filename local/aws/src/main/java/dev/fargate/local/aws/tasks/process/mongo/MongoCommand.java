package dev.fargate.local.aws.tasks.process.mongo;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * One command to a MongoDB, written by hand with the JDK alone: a health command must start in an
 * instant, which a driver does not. The one message form is OP_MSG, as every server since 3.6 takes
 * it.
 */
final class MongoCommand {
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int OP_MSG = 2013;
  private static final int HEADER = 16;

  /** Answers to the few commands that are sent are some hundred bytes long. */
  private static final int MAX_REPLY = 64 * 1024;

  private static final byte DOUBLE = 1;
  private static final byte STRING = 2;
  private static final byte DOCUMENT = 3;
  private static final byte ARRAY = 4;
  private static final byte INTEGER = 16;

  private MongoCommand() {}

  /**
   * Sends a command and waits for its answer.
   *
   * @param command in order, with {@code $db}; texts, whole numbers, maps and lists of these
   * @throws IOException when the server cannot be reached or refuses, with its words
   */
  static void run(String address, int port, Map<String, ?> command) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(message(document(command)));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      int length = Integer.reverseBytes(in.readInt());
      if (length < HEADER || length > MAX_REPLY) {
        throw new IOException("a reply of " + length + " bytes");
      }
      byte[] reply = in.readNBytes(length - Integer.BYTES);
      if (!ok(reply)) {
        throw new IOException(errorMessage(reply));
      }
    }
  }

  private static byte[] message(byte[] document) {
    int length = HEADER + Integer.BYTES + 1 + document.length;
    ByteBuffer message = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    message.putInt(length).putInt(1).putInt(0).putInt(OP_MSG).putInt(0).put((byte) 0);
    return message.put(document).array();
  }

  private static byte[] document(Map<String, ?> fields) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    fields.forEach((name, value) -> element(body, name, value));
    body.write(0);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(integer(Integer.BYTES + body.size()));
    whole.writeBytes(body.toByteArray());
    return whole.toByteArray();
  }

  private static void element(ByteArrayOutputStream out, String name, Object value) {
    byte type;
    byte[] content;
    if (value instanceof String text) {
      type = STRING;
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      ByteBuffer filled =
          ByteBuffer.allocate(Integer.BYTES + bytes.length + 1).order(ByteOrder.LITTLE_ENDIAN);
      content = filled.putInt(bytes.length + 1).put(bytes).put((byte) 0).array();
    } else if (value instanceof Integer number) {
      type = INTEGER;
      content = integer(number);
    } else if (value instanceof Map<?, ?> map) {
      type = DOCUMENT;
      content = document(named(map));
    } else if (value instanceof List<?> list) {
      type = ARRAY;
      Map<String, Object> byIndex = new java.util.LinkedHashMap<>();
      list.forEach(each -> byIndex.put(String.valueOf(byIndex.size()), each));
      content = document(byIndex);
    } else {
      throw new IllegalArgumentException(name + " is a " + value.getClass());
    }
    out.write(type);
    out.writeBytes(name.getBytes(StandardCharsets.UTF_8));
    out.write(0);
    out.writeBytes(content);
  }

  private static Map<String, Object> named(Map<?, ?> map) {
    Map<String, Object> named = new java.util.LinkedHashMap<>();
    map.forEach((name, value) -> named.put((String) name, value));
    return named;
  }

  private static byte[] integer(int value) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  /** A BSON double named "ok", in its only place in such a reply. */
  private static boolean ok(byte[] reply) {
    int at = valueOf(reply, DOUBLE, "ok");
    return at >= 0
        && at + Double.BYTES <= reply.length
        && ByteBuffer.wrap(reply, at, Double.BYTES).order(ByteOrder.LITTLE_ENDIAN).getDouble() == 1;
  }

  private static String errorMessage(byte[] reply) {
    int at = valueOf(reply, STRING, "errmsg");
    if (at < 0 || at + Integer.BYTES > reply.length) {
      return "the server refused without a message";
    }
    int length =
        ByteBuffer.wrap(reply, at, Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).getInt() - 1;
    int start = at + Integer.BYTES;
    int end = Math.min(reply.length, start + Math.max(0, length));
    return new String(reply, start, end - start, StandardCharsets.UTF_8);
  }

  /** Where the value of a field begins; negative when there is none of that name and type. */
  private static int valueOf(byte[] reply, byte type, String name) {
    // One character per byte.
    String text = new String(reply, StandardCharsets.ISO_8859_1);
    String field = (char) type + name + '\0';
    int at = text.indexOf(field);
    return at < 0 ? at : at + field.length();
  }
}
