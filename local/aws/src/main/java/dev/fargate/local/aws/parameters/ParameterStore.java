package dev.fargate.local.aws.parameters;

import dev.fargate.local.aws.time.Scheduler;
import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.Caller;
import dev.fargate.local.aws.wire.ServiceBehaviour;
import dev.fargate.local.aws.wire.Struct;
import dev.fargate.local.aws.wire.Unsupported;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Systems Manager's Parameter Store: the newest value of each parameter, without history, labels,
 * policies and keys of one's own (AWS-FACTS 9).
 */
public final class ParameterStore implements ServiceBehaviour, ParameterValues {
  private static final String VALIDATION = "ValidationException";
  private static final String DEFAULT_TYPE_OF_DATA = "text";
  private static final String STANDARD = "Standard";
  private static final int MAX_LENGTH = 4096;
  private static final int MAX_LEVELS = 15;
  private static final int MAX_TAGS = 50;

  private final Scheduler scheduler;
  private final String prefix;
  private final Map<String, Parameter> parameters = new TreeMap<>();

  public ParameterStore(Scheduler scheduler, String region, String accountId) {
    this.scheduler = scheduler;
    this.prefix = "arn:aws:ssm:" + region + ":" + accountId + ":parameter/";
  }

  @Override
  public String signingName() {
    return "ssm";
  }

  @Override
  public Set<String> operations() {
    return Set.of(
        "AddTagsToResource",
        "DeleteParameter",
        "GetParameter",
        "GetParameters",
        "ListTagsForResource",
        "PutParameter");
  }

  @Override
  public Struct handle(String operation, Struct input, Caller caller) {
    return switch (operation) {
      case "PutParameter" -> put(input);
      case "GetParameter" -> get(input);
      case "GetParameters" -> getAll(input);
      case "DeleteParameter" -> delete(input);
      case "AddTagsToResource" -> tag(input);
      case "ListTagsForResource" -> tags(input);
      default -> throw new IllegalArgumentException(operation);
    };
  }

  @Override
  public Optional<String> value(String nameOrArn) {
    return scheduler.locked(() -> search(nameOrArn).map(Parameter::value));
  }

  private Struct put(Struct input) {
    Unsupported.refuseOthers(
        "PutParameter",
        input,
        Set.of("Name", "Value", "Description", "Type", "Overwrite", "Tags", "Tier", "DataType"));
    String name = input.required("Name");
    requireValid(name);
    requireSupported(input);
    String value = input.required("Value");
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new AwsException(
          VALIDATION,
          "Standard tier parameters support a maximum parameter value of 4096 characters, and at"
              + " least one.");
    }
    boolean overwrite = input.bool("Overwrite").orElse(false);
    if (overwrite && input.has("Tags")) {
      throw new AwsException(
          VALIDATION,
          "Invalid request: tags and overwrite can't be used together. To create a parameter with"
              + " tags, please remove overwrite flag. To update tags for an existing parameter,"
              + " please use AddTagsToResource or RemoveTagsFromResource.");
    }
    Optional<Parameter> existing = search(name);
    if (existing.isPresent() && !overwrite) {
      throw new AwsException(
          "ParameterAlreadyExists",
          "The parameter already exists. To overwrite this value, set the overwrite option in the"
              + " request to true.");
    }
    String type =
        input
            .string("Type")
            .or(() -> existing.map(Parameter::type))
            .orElseThrow(
                () ->
                    new AwsException(
                        VALIDATION, "A parameter type is required when you create a parameter."));
    Parameter parameter = existing.orElseGet(() -> new Parameter(name, prefix + key(name)));
    TreeMap<String, String> tags = withTags(parameter.tags, input.structs("Tags"));
    parameters.put(key(name), parameter);
    parameter.tags.putAll(tags);
    long version =
        parameter.put(
            type, value, input.string("DataType").orElse(DEFAULT_TYPE_OF_DATA), scheduler.now());
    return Struct.of().with("Version", version).with("Tier", STANDARD);
  }

  private static void requireSupported(Struct input) {
    String tier = input.string("Tier").orElse(STANDARD);
    if (!tier.equals(STANDARD)) {
      throw Unsupported.refusal("PutParameter with Tier " + tier);
    }
    String dataType = input.string("DataType").orElse(DEFAULT_TYPE_OF_DATA);
    if (!dataType.equals(DEFAULT_TYPE_OF_DATA)) {
      throw Unsupported.refusal("PutParameter with DataType " + dataType);
    }
  }

  private static void requireValid(String name) {
    if (!name.matches("[a-zA-Z0-9_./-]+") || name.endsWith("/") || name.contains("//")) {
      throw new AwsException(
          VALIDATION,
          "Invalid label or parameter name: a-zA-Z0-9_.- and / between the levels can be used.");
    }
    String first = key(name).toLowerCase(Locale.ROOT);
    if (first.startsWith("aws") || first.startsWith("ssm")) {
      throw new AwsException(
          VALIDATION,
          "Parameter name: can't be prefixed with \"aws\" or \"ssm\" (case-insensitive).");
    }
    if (name.indexOf('/') > 0) {
      throw new AwsException(VALIDATION, "Parameter name must be a fully qualified name.");
    }
    if (key(name).split("/").length > MAX_LEVELS) {
      throw new AwsException(
          "HierarchyLevelLimitExceededException",
          "A parameter name can have at most " + MAX_LEVELS + " levels.");
    }
  }

  private Struct get(Struct input) {
    boolean decrypted = input.bool("WithDecryption").orElse(false);
    return Struct.of().with("Parameter", find(input.required("Name")).describe(decrypted));
  }

  private Struct getAll(Struct input) {
    boolean decrypted = input.bool("WithDecryption").orElse(false);
    List<Struct> found = new ArrayList<>();
    List<String> invalid = new ArrayList<>();
    for (String name : input.strings("Names")) {
      Optional<Parameter> parameter = search(name);
      parameter.ifPresentOrElse(it -> found.add(it.describe(decrypted)), () -> invalid.add(name));
    }
    // The model wants at least one in the list, or none at all.
    return Struct.of()
        .with("Parameters", found)
        .with("InvalidParameters", invalid.isEmpty() ? null : invalid);
  }

  private Struct delete(Struct input) {
    parameters.remove(key(find(input.required("Name")).name));
    return Struct.of();
  }

  private Struct tag(Struct input) {
    Parameter parameter = tagged(input);
    parameter.tags.putAll(withTags(parameter.tags, input.structs("Tags")));
    return Struct.of();
  }

  private Struct tags(Struct input) {
    return Struct.of()
        .with(
            "TagList",
            tagged(input).tags.entrySet().stream()
                .map(tag -> Struct.of().with("Key", tag.getKey()).with("Value", tag.getValue()))
                .toList());
  }

  private Parameter tagged(Struct input) {
    String type = input.required("ResourceType");
    if (!type.equals("Parameter")) {
      throw Unsupported.refusal("tags of a " + type);
    }
    String id = input.required("ResourceId");
    return search(id)
        .orElseThrow(
            () -> new AwsException("InvalidResourceId", "There is no parameter " + id + "."));
  }

  private static TreeMap<String, String> withTags(Map<String, String> before, List<Struct> added) {
    TreeMap<String, String> tags = new TreeMap<>(before);
    added.forEach(tag -> tags.put(tag.required("Key"), tag.required("Value")));
    if (tags.size() > MAX_TAGS) {
      throw new AwsException(
          "TooManyTagsError", "A parameter can have at most " + MAX_TAGS + " tags.");
    }
    return tags;
  }

  private Parameter find(String nameOrArn) {
    return search(nameOrArn)
        .orElseThrow(
            () -> new AwsException("ParameterNotFound", "Parameter " + nameOrArn + " not found."));
  }

  private Optional<Parameter> search(String nameOrArn) {
    if (!nameOrArn.startsWith("arn:")) {
      return Optional.ofNullable(parameters.get(key(nameOrArn)));
    }
    return nameOrArn.startsWith(prefix)
        ? Optional.ofNullable(parameters.get(nameOrArn.substring(prefix.length())))
        : Optional.empty();
  }

  /** What the ARN ends with: a name of one level has the same with and without its slash. */
  private static String key(String name) {
    return name.startsWith("/") ? name.substring(1) : name;
  }
}
