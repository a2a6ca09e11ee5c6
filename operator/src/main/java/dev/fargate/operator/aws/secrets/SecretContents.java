package dev.fargate.operator.aws.secrets;

import dev.fargate.operator.apply.AwsFailure;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Secret;
import dev.fargate.operator.stack.Secret.Content;
import dev.fargate.operator.stack.Secret.Source;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/**
 * Whether the stored values are those of the sources. AWS is asked for values only when a source,
 * the stored version or the spec is new to this process (decision 12).
 */
public final class SecretContents {
  private final SecretVault vault;
  private final SecretSources sources;
  private final SecretValues values;

  /** By ARN; holds what was compared with what, and never a value. */
  private final Map<String, Compared> compared = new ConcurrentHashMap<>();

  private record Compared(String what, Content content) {}

  public SecretContents(SecretsManagerClient secrets, SecretSources sources, Clock clock) {
    this.vault = new SecretVault(secrets, clock);
    this.sources = sources;
    this.values = new SecretValues(sources);
  }

  /**
   * Reads from AWS at most once per change. UNKNOWN while a source is missing.
   *
   * @param outputs of the stored secret: its ARN and current version
   */
  public Content compare(Owner owner, Secret wanted, Map<Output, String> outputs) {
    String arn = outputs.get(Output.ARN);
    Optional<String> what = what(owner, wanted, outputs.get(Output.VERSION_ID));
    if (what.isEmpty()) {
      return Content.UNKNOWN;
    }
    Compared known = compared.get(arn);
    if (known != null && known.what().equals(what.get())) {
      return known.content();
    }
    Content content = compare(owner, wanted, arn, outputs.get(Output.VERSION_ID));
    if (content != Content.UNKNOWN) {
      compared.put(arn, new Compared(what.get(), content));
    }
    return content;
  }

  private Content compare(Owner owner, Secret wanted, String arn, String version) {
    SortedMap<String, SecretText> stored;
    try {
      stored = vault.read(arn, version);
    } catch (ResourceNotFoundException gone) {
      return Content.UNKNOWN;
    }
    try {
      boolean same = values.compose(owner, wanted, stored).equals(stored);
      return same ? Content.SAME : Content.DIFFERENT;
    } catch (AwsFailure sourceMissing) {
      return Content.UNKNOWN;
    }
  }

  /** What a comparison depends on; empty while a source is missing. */
  private Optional<String> what(Owner owner, Secret wanted, String version) {
    StringBuilder what = new StringBuilder(version + "\n" + wanted.sources());
    for (Source source : wanted.sources().values()) {
      if (source instanceof Source.KubernetesSecret reference) {
        Optional<SecretSources.Source> found =
            sources.get(owner.namespace(), reference.secretName());
        if (found.isEmpty()) {
          return Optional.empty();
        }
        what.append('\n').append(reference.secretName()).append(found.get().resourceVersion());
      }
    }
    return Optional.of(what.toString());
  }
}
