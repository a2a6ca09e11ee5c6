package dev.fargate.local.aws.tasks.process.mongo;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Stands in for {@code mongosh} in health commands: it can do {@code ping} and nothing else. It
 * speaks the wire protocol by hand, since a health command must start in an instant.
 */
public final class MongoPing {
  private static final int PORT = 27_017;
  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int OP_MSG = 2013;
  private static final int MAX_REPLY = 64 * 1024;

  private MongoPing() {}

  /** The first argument is the address; the rest is mongosh's, of which some part must say ping. */
  public static void main(String[] args) {
    boolean ping = false;
    for (int i = 1; i < args.length; i++) {
      ping |= args[i].contains("ping");
    }
    if (!ping) {
      System.err.println("this stand-in for mongosh can only run db.adminCommand('ping')");
      System.exit(2);
    }
    try {
      boolean ok = ping(args[0]);
      System.out.println(ok ? "1" : "0");
      System.exit(ok ? 0 : 1);
    } catch (IOException e) {
      System.err.println("MongoNetworkError: " + e.getMessage());
      System.exit(1);
    }
  }

  private static boolean ping(String address) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, PORT), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      OutputStream out = socket.getOutputStream();
      out.write(message());
      out.flush();
      DataInputStream in = new DataInputStream(socket.getInputStream());
      int length = Integer.reverseBytes(in.readInt());
      if (length < 16 || length > MAX_REPLY) {
        throw new IOException("a reply of " + length + " bytes");
      }
      byte[] reply = in.readNBytes(length - 4);
      // A BSON double named "ok", in its only place in such a reply.
      String text = new String(reply, StandardCharsets.ISO_8859_1);
      int at = text.indexOf("\u0001ok\u0000");
      return at >= 0
          && ByteBuffer.wrap(reply, at + 4, 8).order(ByteOrder.LITTLE_ENDIAN).getDouble() == 1.0;
    }
  }

  /** {@code {ping: 1, $db: "admin"}} as one OP_MSG. */
  private static byte[] message() {
    ByteBuffer document = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    document.position(4);
    document.put((byte) 0x10).put("ping\0".getBytes(StandardCharsets.US_ASCII)).putInt(1);
    document.put((byte) 0x02).put("$db\0".getBytes(StandardCharsets.US_ASCII));
    document.putInt(6).put("admin\0".getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
    int documentLength = document.position();
    document.putInt(0, documentLength);
    int length = 16 + 4 + 1 + documentLength;
    ByteBuffer message = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    message.putInt(length).putInt(1).putInt(0).putInt(OP_MSG).putInt(0).put((byte) 0);
    message.put(document.array(), 0, documentLength);
    return message.array();
  }
}
