package dev.fargate.operator.aws.secrets;

import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.aws.reading.TagChanges;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.Resource;
import dev.fargate.operator.stack.Secret;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/**
 * Writes secrets: the values are fetched and generated here, at the write. A create that meets our
 * own secret (after a lost answer) or our own scheduled deletion takes it over, with its values.
 */
public final class SecretRunner implements Runner {
  private final SecretsManagerClient secrets;
  private final SecretReader reader;
  private final SecretVault vault;
  private final SecretValues values;

  public SecretRunner(
      SecretsManagerClient secrets, SecretReader reader, SecretSources sources, Clock clock) {
    this.secrets = secrets;
    this.reader = reader;
    this.vault = new SecretVault(secrets, clock);
    this.values = new SecretValues(sources);
  }

  @Override
  public Kind kind() {
    return Kind.SECRET;
  }

  @Override
  public Map<Output, String> create(Owner owner, Resource desired, SortedMap<String, String> tags) {
    Secret wanted = (Secret) desired;
    SortedMap<String, SecretText> content = values.compose(owner, wanted, Map.of());
    try {
      return outputs(vault.create(wanted.name(), tags, content), wanted);
    } catch (ResourceExistsException exists) {
      return takeOver(owner, wanted, exists);
    } catch (InvalidRequestException failure) {
      if (!String.valueOf(failure.getMessage()).contains("scheduled for deletion")) {
        throw failure;
      }
      return takeOver(owner, wanted, failure);
    }
  }

  private Map<Output, String> takeOver(
      Owner owner, Secret wanted, SecretsManagerException obstacle) {
    DescribeSecretResponse there =
        reader
            .describe(wanted.name())
            .filter(secret -> Ownership.owns(owner, SecretReader.map(secret.tags())))
            .orElseThrow(() -> obstacle);
    if (there.deletedDate() != null) {
      secrets.restoreSecret(request -> request.secretId(there.arn()));
    }
    return write(owner, wanted, there.arn());
  }

  /** A new version, unless the current one has the right values already. */
  private Map<Output, String> write(Owner owner, Secret wanted, String arn) {
    String current = vault.current(arn);
    SortedMap<String, SecretText> stored = vault.read(arn, current);
    SortedMap<String, SecretText> content = values.compose(owner, wanted, stored);
    if (!content.equals(stored)) {
      return outputs(vault.put(arn, content), wanted);
    }
    return outputs(new SecretVault.Written(arn, current), wanted);
  }

  private static Map<Output, String> outputs(SecretVault.Written written, Secret wanted) {
    return Map.of(
        Output.ARN,
        written.arn(),
        Output.NAME,
        wanted.name(),
        Output.VERSION_ID,
        written.versionId());
  }

  @Override
  public Map<Output, String> update(Owner owner, Action action, Resource desired) {
    String arn = action.observed().outputs().get(Output.ARN);
    Map<Output, String> outputs = action.observed().outputs();
    if (action.touches("content") || action.touches("sources")) {
      outputs = write(owner, (Secret) desired, arn);
    }
    TagChanges changes = TagChanges.of(action);
    if (!changes.removed().isEmpty()) {
      secrets.untagResource(request -> request.secretId(arn).tagKeys(changes.removed()));
    }
    if (!changes.set().isEmpty()) {
      secrets.tagResource(request -> request.secretId(arn).tags(tags(changes.set())));
    }
    return outputs;
  }

  /** Forced: a scheduled deletion would block the name for days (decision 12). */
  @Override
  public void delete(Owner owner, ObservedResource observed) {
    try {
      secrets.deleteSecret(
          request ->
              request
                  .secretId(observed.outputs().get(Output.ARN))
                  .forceDeleteWithoutRecovery(true));
    } catch (ResourceNotFoundException gone) {
      // What was to be reached.
    }
  }

  static List<Tag> tags(Map<String, String> tags) {
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }
}
