package dev.fargate.operator.cli.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML and remembers on which line each field is. */
final class YamlReader {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String file;
  private final List<FileProblem> problems;
  private final Map<String, Integer> lines = new HashMap<>();

  private YamlReader(String file, List<FileProblem> problems) {
    this.file = file;
    this.problems = problems;
  }

  /** The documents of a text, empty ones left out; what cannot be read is added to the problems. */
  static List<Document> read(String file, String text, List<FileProblem> problems) {
    LoadSettings settings =
        LoadSettings.builder().setLabel(file).setSchema(new CoreSchema()).build();
    List<Document> documents = new ArrayList<>();
    try {
      for (Node node : new Compose(settings).composeAllFromString(text)) {
        YamlReader reader = new YamlReader(file, problems);
        JsonNode content = reader.value("", node);
        if (content instanceof ObjectNode object) {
          documents.add(new Document(file, object, reader.lines));
        } else if (!content.isNull()) {
          problems.add(
              new FileProblem(
                  file, line(node), null, "is not a Kubernetes object: it has no fields"));
        }
      }
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(Mark::getLine).orElse(-1) + 1;
      problems.add(new FileProblem(file, line, null, "is not YAML: " + e.getProblem()));
    } catch (YamlEngineException e) {
      problems.add(new FileProblem(file, 0, null, "is not YAML: " + e.getMessage()));
    } catch (StackOverflowError e) {
      // The parser calls itself for each level and knows no limit.
      problems.add(new FileProblem(file, 0, null, "is nested too deeply to be read"));
    }
    return documents;
  }

  private JsonNode value(String path, Node node) {
    lines.putIfAbsent(path, line(node));
    if (node instanceof MappingNode mapping) {
      ObjectNode object = JSON.objectNode();
      for (NodeTuple entry : mapping.getValue()) {
        String key = ((ScalarNode) entry.getKeyNode()).getValue();
        String field = path.isEmpty() ? key : path + "." + key;
        int line = line(entry.getKeyNode());
        lines.put(field, line);
        if (object.has(key)) {
          problems.add(new FileProblem(file, line, field, "is given twice; keep one"));
        }
        object.set(key, value(field, entry.getValueNode()));
      }
      return object;
    }
    if (node instanceof SequenceNode sequence) {
      ArrayNode array = JSON.arrayNode();
      for (int i = 0; i < sequence.getValue().size(); i++) {
        array.add(value(path + "[" + i + "]", sequence.getValue().get(i)));
      }
      return array;
    }
    return scalar((ScalarNode) node);
  }

  private static JsonNode scalar(ScalarNode node) {
    Tag tag = node.getTag();
    String text = node.getValue();
    if (Tag.NULL.equals(tag)) {
      return JSON.nullNode();
    } else if (Tag.BOOL.equals(tag)) {
      return JSON.booleanNode(Boolean.parseBoolean(text));
    } else if (Tag.INT.equals(tag) && text.matches("[+-]?[0-9]+")) {
      return JSON.numberNode(new BigInteger(text));
    } else if (Tag.FLOAT.equals(tag) && text.matches("[+-]?[0-9]*\\.?[0-9]+([eE][+-]?[0-9]+)?")) {
      return JSON.numberNode(new BigDecimal(text));
    }
    return JSON.textNode(text);
  }

  private static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
  }
}
