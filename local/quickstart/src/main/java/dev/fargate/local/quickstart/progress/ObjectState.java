package dev.fargate.local.quickstart.progress;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * What an object of ours says about itself; reads only what the status conventions promise.
 *
 * @param kind for example {@code FargateApp}
 * @param namespace empty for a cluster-scoped object
 * @param ready whether Ready is True for the present spec
 * @param stalled whether nothing will happen without a person
 * @param state one word: Ready, or the reason why not
 * @param detail a sentence; may be empty
 * @param running running and wanted tasks, such as 1/1; empty where there are none
 * @param url the first URL
 * @param resources what it has in AWS
 */
public record ObjectState(
    String kind,
    String namespace,
    String name,
    boolean ready,
    boolean stalled,
    String state,
    String detail,
    String running,
    Optional<String> url,
    List<Resource> resources) {

  /** One thing in AWS: its kind, last part of its ARN or its id, and state. */
  public record Resource(String kind, String id, String state) {}

  /** Resource ids of AWS end here; what is in front is the same for all. */
  private static final Pattern ARN_PREFIX = Pattern.compile("^arn:[^:]*:[^:]*:[^:]*:[^:]*:");

  private static final Pattern URL = Pattern.compile("https?://\\S+");

  /** Reads an object as the API server returns it. */
  public static ObjectState of(JsonNode object) {
    JsonNode metadata = object.path("metadata");
    JsonNode status = object.path("status");
    Optional<JsonNode> ready = condition(status, "Ready");
    boolean current =
        ready
            .map(c -> c.path("observedGeneration").asLong(-1))
            .filter(seen -> seen >= metadata.path("generation").asLong())
            .isPresent();
    boolean isReady = current && ready.get().path("status").asText().equals("True");
    boolean deleting = metadata.hasNonNull("deletionTimestamp");
    Optional<JsonNode> stalled = condition(status, "Stalled");
    Optional<JsonNode> why =
        stalled.or(() -> condition(status, "Reconciling")).or(() -> ready.filter(c -> !isReady));
    String state =
        deleting
            ? "Deleting"
            : isReady ? "Ready" : why.map(c -> c.path("reason").asText()).orElse("Waiting");
    return new ObjectState(
        object.path("kind").asText(),
        metadata.path("namespace").asText(""),
        metadata.path("name").asText(),
        isReady && !deleting,
        stalled.isPresent(),
        state,
        // A URL that does not answer yet would be tried.
        URL.matcher(why.map(c -> c.path("message").asText()).orElse("")).replaceAll("..."),
        status.path("running").asText(""),
        Optional.of(status.path("url").asText("")).filter(url -> !url.isEmpty()),
        resources(status));
  }

  /** {@code FargateApp default/phoenix}. */
  public String title() {
    return kind + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
  }

  private static Optional<JsonNode> condition(JsonNode status, String type) {
    return StreamSupport.stream(status.path("conditions").spliterator(), false)
        .filter(condition -> condition.path("type").asText().equals(type))
        .filter(
            condition -> type.equals("Ready") || condition.path("status").asText().equals("True"))
        .findFirst();
  }

  private static List<Resource> resources(JsonNode status) {
    return StreamSupport.stream(status.path("resources").spliterator(), false)
        .map(
            entry ->
                new Resource(
                    entry.path("kind").asText(),
                    ARN_PREFIX.matcher(entry.path("arn").asText()).replaceFirst(""),
                    entry.path("state").asText()))
        .toList();
  }
}
