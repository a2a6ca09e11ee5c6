package dev.fargate.local.quickstart.sample;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.fargate.local.quickstart.QuickstartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The objects of a folder, in the order in which {@code kubectl apply -f} takes them: by file name.
 *
 * @param files the Kubernetes objects, changeable, of each file
 */
public record Sample(SortedMap<String, List<ObjectNode>> files) {
  private static final YAMLMapper YAML = new YAMLMapper();

  /**
   * Reads all .yaml, .yml and .json files directly in the folder.
   *
   * @throws QuickstartFailure when the folder holds no object, or a file is no YAML of objects
   */
  public static Sample read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new QuickstartFailure(
          "There is no folder " + folder + ": --sample wants a folder of YAML files.");
    }
    SortedMap<String, List<ObjectNode>> objects = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(Sample::isManifest).toList()) {
        objects.put(file.getFileName().toString(), objectsOf(file));
      }
    } catch (IOException e) {
      throw new QuickstartFailure("Cannot read " + folder + ": " + e.getMessage(), e);
    }
    if (objects.values().stream().allMatch(List::isEmpty)) {
      throw new QuickstartFailure(
          "There is no Kubernetes object in "
              + folder
              + ": --sample wants a folder of YAML files.");
    }
    return new Sample(objects);
  }

  private static boolean isManifest(Path file) {
    return Files.isRegularFile(file) && file.toString().matches(".*\\.(yaml|yml|json)");
  }

  private static List<ObjectNode> objectsOf(Path file) throws IOException {
    List<ObjectNode> objects = new ArrayList<>();
    try (MappingIterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
      while (documents.hasNextValue()) {
        JsonNode document = documents.nextValue();
        if (document.isNull() || document.isMissingNode()) {
          continue;
        }
        boolean object = document.hasNonNull("apiVersion") && document.hasNonNull("kind");
        if (!object || document.at("/metadata/name").asText().isEmpty()) {
          throw new QuickstartFailure(
              file + " holds something without apiVersion, kind and metadata.name.");
        }
        objects.add((ObjectNode) document);
      }
    } catch (JsonProcessingException e) {
      throw new QuickstartFailure(file + " is no YAML: " + e.getOriginalMessage(), e);
    }
    return objects;
  }

  /** All objects, in order. */
  public List<ObjectNode> objects() {
    return files.values().stream().flatMap(List::stream).toList();
  }

  /**
   * Writes the objects as they are now, in files of the same names, without comments.
   *
   * @param folder made if it is not there
   */
  public void write(Path folder) {
    try {
      Files.createDirectories(folder);
      for (var file : files.entrySet()) {
        try (SequenceWriter out =
            YAML.writer().writeValues(folder.resolve(file.getKey()).toFile())) {
          out.writeAll(file.getValue());
        }
      }
    } catch (IOException e) {
      throw new QuickstartFailure("Cannot write to " + folder + ": " + e.getMessage(), e);
    }
  }

  /** The objects of one of our kinds. */
  public List<ObjectNode> ofKind(String kind) {
    return objects().stream()
        .filter(object -> object.path("apiVersion").asText().startsWith("fargate.dev/"))
        .filter(object -> object.path("kind").asText().equals(kind))
        .toList();
  }

  /**
   * Refuses environments that the local AWS endpoint does not have.
   *
   * @param region the one region that the endpoint serves
   * @throws QuickstartFailure naming the environment and its region
   */
  public void requireRegion(String region) {
    for (ObjectNode environment : ofKind("FargateEnvironment")) {
      String wanted = environment.at("/spec/region").asText();
      if (!wanted.equals(region)) {
        throw new QuickstartFailure(
            "FargateEnvironment %s is in region '%s'; the local AWS endpoint serves %s only. Change spec.region."
                .formatted(environment.at("/metadata/name").asText(), wanted, region));
      }
    }
  }
}
