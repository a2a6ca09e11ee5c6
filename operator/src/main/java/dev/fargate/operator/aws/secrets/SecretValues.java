package dev.fargate.operator.aws.secrets;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fargate.operator.apply.AwsFailure;
import dev.fargate.operator.apply.Outcome.ErrorClass;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Secret;
import dev.fargate.operator.stack.Secret.Source;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts the values of a secret together from their sources. */
final class SecretValues {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z0-9_.-]+)}");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final SecretSources sources;
  private final SecureRandom random = new SecureRandom();

  SecretValues(SecretSources sources) {
    this.sources = sources;
  }

  /**
   * The values the secret should have.
   *
   * @param stored what it has: a generated value is kept
   * @throws AwsFailure TRANSIENT when a Kubernetes Secret or a key of it is not there (yet)
   */
  SortedMap<String, SecretText> compose(
      Owner owner, Secret wanted, Map<String, SecretText> stored) {
    SortedMap<String, SecretText> values = new TreeMap<>();
    wanted
        .sources()
        .forEach(
            (key, source) -> {
              if (source instanceof Source.KubernetesSecret reference) {
                values.put(key, copied(owner, reference));
              } else if (source instanceof Source.Generated generated) {
                SecretText kept = stored.get(key);
                values.put(key, kept != null ? kept : generate(generated.length()));
              } else if (source instanceof Source.Plain plain) {
                values.put(key, SecretText.of(plain.value()));
              }
            });
    // Last, since they are made of the others.
    wanted
        .sources()
        .forEach(
            (key, source) -> {
              if (source instanceof Source.Template template) {
                values.put(key, fill(template.template(), values));
              }
            });
    return values;
  }

  private SecretText copied(Owner owner, Source.KubernetesSecret reference) {
    String name = owner.namespace() + "/" + reference.secretName();
    SecretSources.Source source =
        sources
            .get(owner.namespace(), reference.secretName())
            .orElseThrow(() -> missing("Secret " + name + " does not exist, or may not be read"));
    SecretText value = source.values().get(reference.key());
    if (value == null) {
      throw missing("Secret " + name + " has no key " + reference.key());
    }
    return value;
  }

  private static AwsFailure missing(String what) {
    return new AwsFailure(ErrorClass.TRANSIENT, "SecretSourceMissing", what, null, null);
  }

  private SecretText generate(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return SecretText.of(text.toString());
  }

  private static SecretText fill(String template, Map<String, SecretText> values) {
    Matcher matcher = PLACEHOLDER.matcher(template);
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      SecretText value = values.get(matcher.group(1));
      if (value == null) {
        throw new IllegalStateException("no value for the placeholder " + matcher.group());
      }
      matcher.appendReplacement(text, Matcher.quoteReplacement(urlEncoded(value.reveal())));
    }
    return SecretText.of(matcher.appendTail(text).toString());
  }

  /** Percent-encodes all but RFC 3986's unreserved characters, as connection strings want it. */
  private static String urlEncoded(String value) {
    StringBuilder text = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (ALPHABET.indexOf(c) >= 0 || "._~-".indexOf(c) >= 0) {
        text.append(c);
      } else {
        text.append(String.format("%%%02X", (int) c));
      }
    }
    return text.toString();
  }

  static SecretText json(SortedMap<String, SecretText> values) {
    SortedMap<String, String> revealed = new TreeMap<>();
    values.forEach((key, value) -> revealed.put(key, value.reveal()));
    try {
      return SecretText.of(JSON.writeValueAsString(revealed));
    } catch (JsonProcessingException e) {
      // Without the cause, whose message may quote the text.
      throw new IllegalStateException("the values of a secret do not fit into JSON");
    }
  }

  /** What is stored; nothing where it is no JSON object of strings, because a person wrote it. */
  static SortedMap<String, SecretText> parse(SecretText json) {
    SortedMap<String, SecretText> values = new TreeMap<>();
    try {
      Map<String, String> read =
          JSON.readValue(json.reveal(), new TypeReference<TreeMap<String, String>>() {});
      read.forEach(
          (key, value) -> {
            if (value != null) {
              values.put(key, SecretText.of(value));
            }
          });
    } catch (JsonProcessingException notOurs) {
      values.clear();
    }
    return values;
  }
}
