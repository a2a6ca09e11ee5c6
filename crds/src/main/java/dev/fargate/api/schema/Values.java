package dev.fargate.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The only values of a string field, or of the strings in a list.
 *
 * <p>Not a Java enum: an object with a value that this version does not know must still be
 * readable.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Values {

  /** The values, as they are written. */
  String[] value();
}
