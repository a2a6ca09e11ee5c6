package dev.fargate.api.v1alpha1.environment;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Items;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.Syntax;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Which images containers may run. */
@ApiObject
public class ImageAccess {

  @Doc(
      value =
          "Starts of image names; * for every image. Compared as written: nginx and"
              + " docker.io/library/nginx are two names. A start counts up to a boundary: it is the"
              + " whole name, or ends in /, or is followed by /, or by the tag or digest, there. So"
              + " registry.example.com/team does not allow registry.example.com/team2/app. When the"
              + " list is given, a database engine's own image needs an entry, too.",
      absent = "a database engine's own image only",
      example = "['123456789012.dkr.ecr.eu-central-1.amazonaws.com/']",
      edit = Edit.OPERATOR_ONLY)
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @Size(max = 100)
  @Items(Items.Kind.SET)
  public List<@Size(max = 255) @Pattern(Syntax.ALLOWED_IMAGE) String> prefixes;

  @Doc(
      value =
          "Whether every image has to end in a digest (@sha256:...), so that what runs is what was"
              + " reviewed.",
      absent = "false",
      edit = Edit.OPERATOR_ONLY)
  public Boolean requireDigest;

  @Doc(
      value = "Whether the tag latest is refused, written or meant because tag and digest lack.",
      absent = "false",
      edit = Edit.OPERATOR_ONLY)
  public Boolean forbidLatest;
}
