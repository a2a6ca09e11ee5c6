package dev.fargate.operator.aws.secrets;

import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.DescribeSecretResponse;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.Tag;

/** All secrets below {@code fargate/<ownerId>/}, without their values. */
public final class SecretReader implements Reader {
  /** AWS's largest page. */
  private static final int PAGE = 100;

  private final SecretsManagerClient secrets;
  private final String prefix;

  public SecretReader(SecretsManagerClient secrets, String ownerId) {
    this.secrets = secrets;
    this.prefix = "fargate/" + ownerId + "/";
  }

  @Override
  public Kind kind() {
    return Kind.SECRET;
  }

  @Override
  public Part sweep(Known known) {
    List<Seen> found = new ArrayList<>();
    secrets
        .listSecretsPaginator(
            request ->
                request
                    .maxResults(PAGE)
                    .filters(
                        Filter.builder().key(FilterNameStringType.NAME).values(prefix).build()))
        .forEach(
            page ->
                page.secretList().stream()
                    .filter(secret -> secret.name().startsWith(prefix))
                    // A scheduled deletion is as good as gone; a create restores it.
                    .filter(secret -> secret.deletedDate() == null)
                    .forEach(secret -> found.add(seen(secret))));
    return Part.all(found);
  }

  @Override
  public Part read(Need need) {
    Set<String> names = new TreeSet<>();
    need.wanted().forEach(wanted -> names.add(((Secret) wanted).name()));
    need.there().forEach(there -> names.add(((Secret) there.actual()).name()));
    List<Seen> found = new ArrayList<>();
    for (String name : names) {
      describe(name)
          .filter(secret -> secret.deletedDate() == null)
          .ifPresent(secret -> found.add(seen(secret)));
    }
    return new Part(seen -> names.contains(((Secret) seen.actual()).name()), found);
  }

  /** Also one that is scheduled for deletion. */
  Optional<DescribeSecretResponse> describe(String nameOrArn) {
    try {
      return Optional.of(secrets.describeSecret(request -> request.secretId(nameOrArn)));
    } catch (ResourceNotFoundException none) {
      return Optional.empty();
    }
  }

  private static Seen seen(SecretListEntry secret) {
    return seen(
        secret.arn(),
        secret.name(),
        map(secret.tags()),
        SecretVault.current(secret.secretVersionsToStages()));
  }

  private static Seen seen(DescribeSecretResponse secret) {
    return seen(
        secret.arn(),
        secret.name(),
        map(secret.tags()),
        SecretVault.current(secret.versionIdsToStages()));
  }

  private static Seen seen(String arn, String name, Map<String, String> tags, String version) {
    Map<Output, String> outputs = new TreeMap<>(Map.of(Output.ARN, arn, Output.NAME, name));
    if (version != null) {
      outputs.put(Output.VERSION_ID, version);
    }
    return Seen.active(
        arn,
        new Secret(Seen.id(Kind.SECRET, tags), name, new TreeMap<>(), Secret.Content.UNKNOWN),
        outputs,
        tags);
  }

  static Map<String, String> map(List<Tag> tags) {
    Map<String, String> map = new TreeMap<>();
    tags.forEach(tag -> map.put(tag.key(), tag.value() == null ? "" : tag.value()));
    return map;
  }
}
