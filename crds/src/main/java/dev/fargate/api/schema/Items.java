package dev.fargate.api.schema;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How the API server merges a list, and whether it refuses duplicates. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Items {

  /** The kind of list. */
  Kind value();

  /** For {@link Kind#MAP}: the required field that tells the items apart. */
  String key() default "name";

  /** The kinds of list that Kubernetes knows. */
  enum Kind {
    /** Objects told apart by a key; merged item by item, a key twice is refused. */
    MAP,
    /** Scalars without order; merged, a value twice is refused. */
    SET,
    /** Replaced as a whole. */
    ATOMIC
  }
}
