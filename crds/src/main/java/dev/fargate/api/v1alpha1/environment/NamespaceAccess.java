package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Items;
import dev.fargate.api.schema.Values;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.Syntax;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.List;

/** Which namespaces' apps and databases may name this environment. */
@ApiObject
@ValidationRule(
    value = "(self.from == 'Names') == has(self.names)",
    message = "names belongs to from: Names; set both or neither",
    fieldPath = ".names")
@ValidationRule(
    value = "(self.from == 'Selector') == has(self.selector)",
    message = "selector belongs to from: Selector; set both or neither",
    fieldPath = ".selector")
public class NamespaceAccess {

  @Doc(
      value =
          "All: every namespace. Names: those in names. Selector: those whose labels match"
              + " selector.",
      edit = Edit.OPERATOR_ONLY)
  @Values({NamespacesFrom.ALL, NamespacesFrom.NAMES, NamespacesFrom.SELECTOR})
  @Default(NamespacesFrom.ALL)
  public String from;

  @Doc(value = "The namespaces, for from: Names.", example = "[default]", edit = Edit.OPERATOR_ONLY)
  @Size(max = 100)
  @Items(Items.Kind.SET)
  public List<@Size(max = 63) @Pattern(Syntax.DNS_LABEL) String> names = new ArrayList<>();

  @Doc(value = "The namespaces' labels, for from: Selector.")
  public NamespaceSelector selector;
}
