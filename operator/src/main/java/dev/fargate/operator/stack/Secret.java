package dev.fargate.operator.stack;

import java.util.SortedMap;

/**
 * One JSON secret in Secrets Manager. Holds where each value comes from, never a value nor a digest
 * (decision 12).
 *
 * @param sources JSON key to source
 * @param content in what was read from AWS: whether the stored values are those of the sources;
 *     {@code SAME} in a wanted secret
 */
public record Secret(ResourceId id, String name, SortedMap<String, Source> sources, Content content)
    implements Resource {
  @Override
  public String physicalName() {
    return name;
  }

  /** Where a value comes from. */
  public sealed interface Source {
    /** A key of a Kubernetes Secret in the owner's namespace. */
    record KubernetesSecret(String secretName, String key) implements Source {
      @Override
      public String toString() {
        return "key " + key + " of Secret " + secretName;
      }
    }

    /** Generated once, {@code [A-Za-z0-9]} of this length, and never replaced. */
    record Generated(int length) implements Source {
      @Override
      public String toString() {
        return "generated, " + length + " characters";
      }
    }

    /** A value that is no secret but stored beside one, for example a user name. */
    record Plain(String value) implements Source {
      @Override
      public String toString() {
        return value;
      }
    }

    /**
     * Put together from literals and other keys of the same secret: {@code ${key}} is replaced by
     * that key's value; a value with characters beyond {@code [A-Za-z0-9._~-]} is URL-encoded.
     */
    record Template(String template) implements Source {
      @Override
      public String toString() {
        return template;
      }
    }
  }

  /** UNKNOWN: not compared yet by this process. */
  public enum Content {
    SAME,
    DIFFERENT,
    UNKNOWN
  }
}
