package dev.fargate.local.aws.wire;

import dev.fargate.local.aws.model.Shape;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** Values that travel as text: in forms, URIs, headers and XML. Times are ISO 8601. */
final class TextValue {
  private TextValue() {}

  /** Empty when the text is no value of this shape. */
  static Optional<Object> parse(Shape shape, String text) {
    try {
      if (shape instanceof Shape.Whole whole) {
        if (whole.isLong()) {
          return Optional.of(Long.valueOf(text));
        }
        return Optional.of(Integer.valueOf(text));
      }
      if (shape instanceof Shape.Decimal) {
        return Optional.of(Double.valueOf(text));
      }
      if (shape instanceof Shape.Bool) {
        boolean valid = text.equals("true") || text.equals("false");
        return valid ? Optional.of(Boolean.valueOf(text)) : Optional.empty();
      }
      if (shape instanceof Shape.Time) {
        return Optional.of(Instant.parse(text));
      }
      if (shape instanceof Shape.Blob) {
        return Optional.of(Base64.getDecoder().decode(text));
      }
      return shape instanceof Shape.Text ? Optional.of(text) : Optional.empty();
    } catch (IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }
}
