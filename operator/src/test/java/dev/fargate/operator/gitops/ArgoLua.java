package dev.fargate.operator.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.OneArgFunction;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.TableLib;

/**
 * Runs Lua as Argo CD runs what is configured in argocd-cm: the object is the global {@code obj};
 * there are the base, package and table libraries, {@code os} by require only and with date and
 * time alone, and no string library.
 */
final class ArgoLua {
  private static final DateTimeFormatter TO_THE_SECOND =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'").withZone(ZoneOffset.UTC);

  private final Instant now;

  /**
   * @param now what os.date says
   */
  ArgoLua(Instant now) {
    this.now = now;
  }

  /** A health as Argo CD shows it. */
  record Health(String status, String message) {}

  Health health(String script, JsonNode object) {
    JsonNode answer = run(script, object);
    return new Health(answer.path("status").asText(), answer.path("message").asText());
  }

  /** The actions of a discovery script and whether each is offered. */
  Map<String, Boolean> actions(String script, JsonNode object) {
    Map<String, Boolean> offered = new TreeMap<>();
    run(script, object)
        .properties()
        .forEach(
            action ->
                offered.put(action.getKey(), !action.getValue().path("disabled").asBoolean()));
    return offered;
  }

  /** The object as an action script returns it. */
  ObjectNode act(String script, JsonNode object) {
    ObjectNode after = (ObjectNode) run(script, object);
    keepEmpty(object, after);
    return after;
  }

  private JsonNode run(String script, JsonNode object) {
    Globals globals = new Globals();
    globals.load(new BaseLib());
    globals.load(new PackageLib());
    globals.load(new TableLib());
    LoadState.install(globals);
    LuaC.install(globals);
    globals.get("package").get("loaded").set("os", os());
    globals.set("obj", toLua(object));
    Varargs answer = globals.load(script, "script").invoke();
    if (!answer.arg1().istable()) {
      throw new IllegalStateException(
          "expect table output from Lua script, not " + answer.arg1().typename());
    }
    return toJson(answer.arg1());
  }

  private LuaTable os() {
    LuaTable os = new LuaTable();
    os.set(
        "date",
        new OneArgFunction() {
          @Override
          public LuaValue call(LuaValue format) {
            if (!format.checkjstring().equals("!%Y-%m-%dT%H:%M:%SZ")) {
              throw new IllegalArgumentException("this test knows no format " + format);
            }
            return LuaValue.valueOf(TO_THE_SECOND.format(now));
          }
        });
    return os;
  }

  private static LuaValue toLua(JsonNode json) {
    if (json.isObject()) {
      LuaTable table = new LuaTable();
      json.properties().forEach(field -> table.set(field.getKey(), toLua(field.getValue())));
      return table;
    }
    if (json.isArray()) {
      LuaTable table = new LuaTable();
      for (int i = 0; i < json.size(); i++) {
        table.set(i + 1, toLua(json.get(i)));
      }
      return table;
    }
    if (json.isBoolean()) {
      return LuaValue.valueOf(json.asBoolean());
    }
    if (json.isNumber()) {
      return LuaValue.valueOf(json.asDouble());
    }
    return json.isNull() ? LuaValue.NIL : LuaValue.valueOf(json.asText());
  }

  /** An empty table becomes an empty list, as in Argo CD: Lua knows no difference. */
  private static JsonNode toJson(LuaValue value) {
    if (value.istable()) {
      LuaTable table = value.checktable();
      if (table.length() > 0 || table.next(LuaValue.NIL).arg1().isnil()) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (int i = 1; i <= table.length(); i++) {
          list.add(toJson(table.get(i)));
        }
        return list;
      }
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (LuaValue key : table.keys()) {
        object.set(key.checkjstring(), toJson(table.get(key)));
      }
      return object;
    }
    if (value.isboolean()) {
      return JsonNodeFactory.instance.booleanNode(value.checkboolean());
    }
    if (value.type() == LuaValue.TNUMBER) {
      double number = value.checkdouble();
      return number == Math.rint(number)
          ? JsonNodeFactory.instance.numberNode((long) number)
          : JsonNodeFactory.instance.numberNode(number);
    }
    return JsonNodeFactory.instance.textNode(value.checkjstring());
  }

  /** Argo CD puts back what was an empty object before the script and came out as a list. */
  private static void keepEmpty(JsonNode before, JsonNode after) {
    Iterator<Map.Entry<String, JsonNode>> fields = before.properties().iterator();
    while (fields.hasNext()) {
      Map.Entry<String, JsonNode> field = fields.next();
      JsonNode now = after.path(field.getKey());
      if (field.getValue().isObject() && now.isArray() && now.isEmpty()) {
        ((ObjectNode) after).set(field.getKey(), new ObjectMapper().createObjectNode());
      } else {
        keepEmpty(field.getValue(), now);
      }
    }
    for (int i = 0; i < Math.min(before.size(), after.size()) && before.isArray(); i++) {
      keepEmpty(before.get(i), after.get(i));
    }
  }
}
