package dev.fargate.local.aws.dataplane;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads HTTP/1.1 messages from one connection, holding never more than one buffer of a body. */
final class HttpInput {
  /** As an application load balancer: 16 KiB for a line. */
  private static final int MAX_LINE = 16 * 1024;

  /** As an application load balancer: 64 KiB for all headers. */
  private static final int MAX_HEAD = 64 * 1024;

  private final InputStream in;
  private final byte[] buffer = new byte[16 * 1024];
  private int position;
  private int limit;

  HttpInput(InputStream in) {
    this.in = in;
  }

  /** Whether something more can be read without waiting. */
  boolean buffered() {
    return position < limit;
  }

  /**
   * The next head; null when the connection ended before its first byte.
   *
   * @throws HttpFault when it is malformed or too long
   */
  Head head() throws IOException {
    String start = line();
    if (start == null) {
      return null;
    }
    if (start.isEmpty()) {
      start = line(); // One empty line before a request is tolerated (RFC 9112, 2.2).
    }
    if (start == null) {
      return null;
    }
    String[] parts = start.split(" ", 3);
    if (parts.length < 2) {
      throw new HttpFault(400, "not a start line: " + start);
    }
    List<Head.Header> headers = new ArrayList<>();
    int size = start.length();
    for (String line = required(); !line.isEmpty(); line = required()) {
      size += line.length();
      if (size > MAX_HEAD) {
        throw new HttpFault(400, "headers longer than " + MAX_HEAD + " bytes");
      }
      headers.add(Head.header(line));
    }
    return new Head(List.of(parts[0], parts[1], parts.length > 2 ? parts[2] : ""), headers);
  }

  private String required() throws IOException {
    String line = line();
    if (line == null) {
      throw new EOFException("the connection ended inside a message");
    }
    return line;
  }

  /** A line without its end; null at the end of the connection. */
  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int next = read();
      if (next < 0) {
        if (line.isEmpty()) {
          return null;
        }
        throw new EOFException("the connection ended inside a line");
      }
      if (next == '\n') {
        int last = line.length() - 1;
        if (last >= 0 && line.charAt(last) == '\r') {
          line.setLength(last);
        }
        String whole = line.toString();
        if (whole.indexOf('\r') >= 0 || whole.indexOf('\0') >= 0) {
          throw new HttpFault(400, "a control character inside a line");
        }
        return whole;
      }
      if (line.length() >= MAX_LINE) {
        throw new HttpFault(414, "a line longer than " + MAX_LINE + " bytes");
      }
      line.append((char) next);
    }
  }

  private int read() throws IOException {
    return position < limit || fill() ? buffer[position++] & 0xff : -1;
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, in.read(buffer));
    return limit > 0;
  }

  /** Copies a body as it comes; each piece is flushed, so that a stream stays a stream. */
  void copyBody(Framing framing, BodyOutput out) throws IOException {
    switch (framing.kind()) {
      case FIXED -> copy(framing.length(), out);
      case CHUNKED -> copyChunks(out);
      case UNTIL_CLOSE -> {
        while (position < limit || fill()) {
          out.write(buffer, position, limit - position);
          position = limit;
        }
      }
    }
    out.end();
  }

  private void copyChunks(BodyOutput out) throws IOException {
    while (true) {
      String size = required().split(";", 2)[0].trim();
      if (!size.matches("[0-9a-fA-F]{1,15}")) {
        throw new HttpFault(400, "not a chunk size: " + size);
      }
      long length = Long.parseLong(size, 16);
      if (length == 0) {
        while (!required().isEmpty()) {
          // Trailers are read and dropped: the sender may have none that matter to a proxy.
          continue;
        }
        return;
      }
      copy(length, out);
      if (!required().isEmpty()) {
        throw new HttpFault(400, "a chunk is longer than it says");
      }
    }
  }

  private void copy(long length, BodyOutput out) throws IOException {
    long left = length;
    while (left > 0) {
      if (position >= limit && !fill()) {
        throw new EOFException("the connection ended inside a body");
      }
      int piece = (int) Math.min(left, limit - position);
      out.write(buffer, position, piece);
      position += piece;
      left -= piece;
    }
  }

  /** Writes pieces of a body in the framing of the receiver. */
  static final class BodyOutput {
    private static final byte[] LINE = {'\r', '\n'};
    private static final byte[] LAST = {'0', '\r', '\n', '\r', '\n'};

    private final OutputStream out;
    private final boolean chunked;

    BodyOutput(OutputStream out, boolean chunked) {
      this.out = out;
      this.chunked = chunked;
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
      if (chunked) {
        out.write(Integer.toHexString(length).getBytes(StandardCharsets.US_ASCII));
        out.write(LINE);
      }
      out.write(bytes, offset, length);
      if (chunked) {
        out.write(LINE);
      }
      out.flush();
    }

    void end() throws IOException {
      if (chunked) {
        out.write(LAST);
      }
      out.flush();
    }
  }
}
