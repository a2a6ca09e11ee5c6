package dev.fargate.local.aws.parameters;

import dev.fargate.local.aws.wire.Struct;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.TreeMap;

/** One parameter with its newest value; older ones are not kept. */
final class Parameter {
  static final String SECURE = "SecureString";

  final String name;
  final String arn;
  final TreeMap<String, String> tags = new TreeMap<>();
  private String type;
  private String value;
  private String dataType;
  private long version;
  private Instant modified;

  Parameter(String name, String arn) {
    this.name = name;
    this.arn = arn;
  }

  /** The value from now on; returns its version. */
  long put(String newType, String newValue, String newDataType, Instant now) {
    type = newType;
    value = newValue;
    dataType = newDataType;
    modified = now;
    return ++version;
  }

  String type() {
    return type;
  }

  String value() {
    return value;
  }

  /** As an answer has it; a SecureString only for who asks for it. */
  Struct describe(boolean decrypted) {
    return Struct.of()
        .with("Name", name)
        .with("Type", type)
        .with("Value", decrypted || !type.equals(SECURE) ? value : encrypted())
        .with("Version", version)
        .with("LastModifiedDate", modified)
        .with("ARN", arn)
        .with("DataType", dataType);
  }

  /** What nobody can read the value from: it tells the parameter and its version only. */
  private String encrypted() {
    return Base64.getEncoder()
        .encodeToString(("encrypted " + arn + " " + version).getBytes(StandardCharsets.UTF_8));
  }
}
