package dev.fargate.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a field is for: the parts of its description in the CRD and in the reference.
 *
 * <p>Javadoc is not there at run time, and an annotation lets tests ask every field of a spec for
 * its default and for what editing it does.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Doc {

  /** What the field does, in full sentences, with its unit. */
  String value();

  /** What is used when the field is absent, where the schema has no default. Empty: nothing. */
  String absent() default "";

  /** An example of a value. Empty where the values are listed anyway. */
  String example() default "";

  /** The AWS property that the field becomes. Empty: none. */
  String aws() default "";

  /** What editing the field of a living object does. Groups of fields and status have none. */
  Edit edit() default Edit.UNSPECIFIED;
}
