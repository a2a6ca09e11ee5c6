package dev.fargate.api.v1alpha1.app;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Values;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** One published value of a FargateDatabase in the app's namespace. */
@ApiObject
public class DatabaseKeyReference {

  @Doc(value = "Name of the FargateDatabase.", example = "phoenix", edit = Edit.NEW_REVISION)
  @Required
  @Size(min = 1, max = 63)
  @Pattern(Syntax.DNS_LABEL)
  public String name;

  @Doc(value = "Which of its values.", edit = Edit.NEW_REVISION)
  @Required
  @Values({
    DatabaseKey.CONNECTION_STRING,
    DatabaseKey.HOST,
    DatabaseKey.PORT,
    DatabaseKey.USERNAME,
    DatabaseKey.PASSWORD,
    DatabaseKey.DATABASE_NAME
  })
  public String key;
}
