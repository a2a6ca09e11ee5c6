package dev.fargate.local.kube.patch;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.wire.StatusError;

/** JSON patch (RFC 6902). */
public final class JsonPatch {
  private JsonNode document;

  private JsonPatch(JsonNode document) {
    this.document = document;
  }

  /**
   * The target with all operations applied, in order. The target is not changed.
   *
   * @throws StatusError 400 when the patch cannot be read, 422 when an operation does not fit the
   *     object
   */
  public static JsonNode apply(JsonNode target, JsonNode operations) {
    if (!operations.isArray()) {
      throw StatusError.badRequest("a JSON patch must be a list of operations");
    }
    JsonPatch patch = new JsonPatch(target.deepCopy());
    for (JsonNode operation : operations) {
      patch.apply(operation);
    }
    return patch.document;
  }

  private void apply(JsonNode operation) {
    String op = operation.path("op").asText();
    JsonPointer path = pointer(operation, "path");
    switch (op) {
      case "add" -> add(path, value(operation));
      case "remove" -> remove(path);
      case "replace" -> {
        existing(path);
        set(path, value(operation));
      }
      case "move" -> {
        JsonNode moved = existing(pointer(operation, "from"));
        remove(pointer(operation, "from"));
        add(path, moved);
      }
      case "copy" -> add(path, existing(pointer(operation, "from")).deepCopy());
      case "test" -> test(path, value(operation));
      default -> throw StatusError.badRequest("unknown JSON patch operation \"" + op + "\"");
    }
  }

  private void test(JsonPointer path, JsonNode expected) {
    if (!document.at(path).equals(expected)) {
      throw misfit("testing value " + path + " failed");
    }
  }

  private void add(JsonPointer path, JsonNode value) {
    if (path.matches()) {
      document = value;
      return;
    }
    String last = path.last().getMatchingProperty();
    if (parent(path) instanceof ArrayNode list) {
      int index = last.equals("-") ? list.size() : index(path, list.size());
      list.insert(index, value);
    } else {
      set(path, value);
    }
  }

  private void set(JsonPointer path, JsonNode value) {
    if (path.matches()) {
      document = value;
      return;
    }
    JsonNode parent = parent(path);
    if (parent instanceof ObjectNode object) {
      object.set(path.last().getMatchingProperty(), value);
    } else if (parent instanceof ArrayNode list) {
      list.set(index(path, list.size() - 1), value);
    } else {
      throw misfit("the parent of " + path + " does not exist");
    }
  }

  private void remove(JsonPointer path) {
    existing(path);
    JsonNode parent = parent(path);
    if (parent instanceof ObjectNode object) {
      object.remove(path.last().getMatchingProperty());
    } else if (parent instanceof ArrayNode list) {
      list.remove(index(path, list.size() - 1));
    }
  }

  private JsonNode parent(JsonPointer path) {
    return document.at(path.head());
  }

  private JsonNode existing(JsonPointer path) {
    JsonNode found = document.at(path);
    if (found.isMissingNode() || path.matches()) {
      throw misfit("path " + path + " does not exist");
    }
    return found;
  }

  private static int index(JsonPointer path, int highest) {
    int index = path.last().getMatchingIndex();
    if (index < 0 || index > highest) {
      throw misfit("index of " + path + " is out of bounds");
    }
    return index;
  }

  private static JsonPointer pointer(JsonNode operation, String field) {
    try {
      return JsonPointer.compile(operation.path(field).asText(""));
    } catch (IllegalArgumentException e) {
      throw StatusError.badRequest(
          "JSON patch: \"" + field + "\" is no JSON pointer: " + operation.path(field));
    }
  }

  private static JsonNode value(JsonNode operation) {
    if (!operation.has("value")) {
      throw StatusError.badRequest("JSON patch operation without value: " + operation);
    }
    return operation.get("value").deepCopy();
  }

  private static StatusError misfit(String message) {
    return StatusError.of(
        422,
        "Invalid",
        "the server rejected our request due to an error in our request: " + message);
  }
}
