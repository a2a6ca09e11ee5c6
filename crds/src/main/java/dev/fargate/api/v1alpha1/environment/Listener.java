package dev.fargate.api.v1alpha1.environment;

import dev.fargate.api.schema.Doc;
import dev.fargate.api.schema.Edit;
import dev.fargate.api.schema.Items;
import dev.fargate.api.schema.Values;
import dev.fargate.api.v1alpha1.ApiObject;
import dev.fargate.api.v1alpha1.Syntax;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.ArrayList;
import java.util.List;

/** One port of a load balancer. */
@ApiObject
@ValidationRule(
    value =
        "self.protocol == 'HTTPS' ? has(self.certificateArns) : !has(self.certificateArns) &&"
            + " !has(self.sslPolicy)",
    message =
        "an HTTPS listener needs certificateArns; an HTTP listener has neither certificateArns nor"
            + " sslPolicy",
    fieldPath = ".protocol")
@ValidationRule(
    value = "!has(self.redirect) || self.protocol == 'HTTP'",
    message = "only an HTTP listener redirects to HTTPS; remove redirect",
    fieldPath = ".redirect")
public class Listener {

  @Doc(value = "The port.", example = "80", aws = "Listener.Port", edit = Edit.REPLACEMENT)
  @Required
  @Min(1)
  @Max(65535)
  public Integer port;

  @Doc(value = "The protocol.", aws = "Listener.Protocol", edit = Edit.IN_PLACE)
  @Required
  @Values({"HTTP", "HTTPS"})
  public String protocol;

  @Doc(
      value = "Certificates of an HTTPS listener; the first is the default one.",
      example = "['arn:aws:acm:eu-central-1:123456789012:certificate/0d4f-77']",
      aws = "Listener.Certificates",
      edit = Edit.IN_PLACE)
  @Size(min = 1, max = 26)
  @Items(Items.Kind.ATOMIC)
  public List<@Size(max = 2048) @Pattern(Syntax.CERTIFICATE_ARN) String> certificateArns =
      new ArrayList<>();

  @Doc(
      value = "Ciphers and protocol versions of an HTTPS listener.",
      absent = "ELBSecurityPolicy-TLS13-1-2-2021-06",
      aws = "Listener.SslPolicy",
      edit = Edit.IN_PLACE)
  @Size(max = 128)
  @Pattern("^ELBSecurityPolicy-[A-Za-z0-9-]+$")
  public String sslPolicy;

  @Doc(
      value =
          "HTTPS: answers every request of this HTTP listener by a redirect to the load balancer's"
              + " first HTTPS listener.",
      absent = "no redirect",
      aws = "Listener.DefaultActions redirect",
      edit = Edit.IN_PLACE)
  @Values({"HTTPS"})
  public String redirect;
}
