package dev.fargate.local.kube.protobuf;

import dev.fargate.local.kube.wire.StatusError;
import java.util.Arrays;

/** Reads the fields of one protobuf message, in the order they were written. */
final class WireReader {
  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;
  private static final int LONGEST_VARINT = 10;

  private final byte[] data;
  private int at;

  WireReader(byte[] data) {
    this.data = data;
  }

  /** One field: its number, and its bytes or its number, after its wire type. */
  record Field(int number, byte[] bytes, long value) {}

  boolean hasNext() {
    return at < data.length;
  }

  /**
   * The next field.
   *
   * @throws StatusError 400 when the bytes are no message, 415 for wire types that no known message
   *     has
   */
  Field next() {
    long tag = varint();
    int number = (int) (tag >>> 3);
    return switch ((int) (tag & 7)) {
      case VARINT -> new Field(number, null, varint());
      case LENGTH_DELIMITED -> new Field(number, take(varint()), 0);
      default ->
          throw StatusError.unsupportedMediaType(
              "protobuf: wire type " + (tag & 7) + " is not read here: send JSON");
    };
  }

  private byte[] take(long length) {
    if (length < 0 || length > data.length - at) {
      throw truncated();
    }
    at += (int) length;
    return Arrays.copyOfRange(data, at - (int) length, at);
  }

  private long varint() {
    long value = 0;
    for (int i = 0; i < LONGEST_VARINT; i++) {
      if (at >= data.length) {
        throw truncated();
      }
      byte b = data[at++];
      value |= (long) (b & 0x7f) << (7 * i);
      if (b >= 0) {
        return value;
      }
    }
    throw StatusError.badRequest("protobuf: a number is too long");
  }

  private static StatusError truncated() {
    return StatusError.badRequest("protobuf: the body ends in the middle of a field");
  }
}
