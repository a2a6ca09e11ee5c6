package dev.fargate.local.aws.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.aws.Clients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.InvalidResourceIdException;
import software.amazon.awssdk.services.ssm.model.Parameter;
import software.amazon.awssdk.services.ssm.model.ParameterAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import software.amazon.awssdk.services.ssm.model.ResourceTypeForTagging;
import software.amazon.awssdk.services.ssm.model.Tag;

class ParameterStoreTest {
  private final AwsEndpoint endpoint = AwsEndpoint.builder().build();
  private final SsmClient ssm = Clients.inThread(endpoint, SsmClient.builder());

  private void put(String name, String value) {
    ssm.putParameter(r -> r.name(name).value(value).type(ParameterType.STRING));
  }

  @Test
  void aParameterIsFoundByNameAndArnUntilItIsDeleted() {
    put("/shop/token", "one");
    Parameter parameter = ssm.getParameter(r -> r.name("/shop/token")).parameter();
    assertThat(parameter.value()).isEqualTo("one");
    assertThat(parameter.version()).isEqualTo(1);
    assertThat(parameter.arn())
        .isEqualTo("arn:aws:ssm:eu-central-1:123456789012:parameter/shop/token");
    assertThat(ssm.getParameter(r -> r.name(parameter.arn())).parameter()).isEqualTo(parameter);
    ssm.deleteParameter(r -> r.name("/shop/token"));
    assertThatThrownBy(() -> ssm.getParameter(r -> r.name("/shop/token")))
        .isInstanceOf(ParameterNotFoundException.class);
    assertThatThrownBy(() -> ssm.deleteParameter(r -> r.name("/shop/token")))
        .isInstanceOf(ParameterNotFoundException.class);
  }

  @Test
  void aValueIsReplacedOnlyByWhoSaysSo() {
    put("token", "one");
    assertThatThrownBy(() -> put("token", "two"))
        .isInstanceOf(ParameterAlreadyExistsException.class)
        .hasMessageContaining("set the overwrite option in the request to true");
    assertThat(ssm.putParameter(r -> r.name("token").value("two").overwrite(true)).version())
        .isEqualTo(2);
    assertThat(ssm.getParameter(r -> r.name("token")).parameter().value()).isEqualTo("two");
  }

  @Test
  void aSecureValueIsShownOnlyToWhoAsksForIt() {
    ssm.putParameter(r -> r.name("/key").value("t0p").type(ParameterType.SECURE_STRING));
    assertThat(ssm.getParameter(r -> r.name("/key")).parameter().value()).doesNotContain("t0p");
    assertThat(ssm.getParameter(r -> r.name("/key").withDecryption(true)).parameter().value())
        .isEqualTo("t0p");
  }

  @Test
  void ofManyThoseThatAreNotThereAreNamed() {
    put("/one", "1");
    var answer = ssm.getParameters(r -> r.names("/one", "/two", "/three"));
    assertThat(answer.parameters()).extracting(Parameter::value).containsExactly("1");
    assertThat(answer.invalidParameters()).containsExactly("/two", "/three");
  }

  @Test
  void tagsAreAddedAndNoneComeWithANewValue() {
    Tag team = Tag.builder().key("team").value("a").build();
    Tag cost = Tag.builder().key("cost").value("c").build();
    ssm.putParameter(r -> r.name("/x").value("1").type(ParameterType.STRING).tags(team));
    ssm.addTagsToResource(
        r -> r.resourceType(ResourceTypeForTagging.PARAMETER).resourceId("/x").tags(cost));
    assertThat(
            ssm.listTagsForResource(
                    r -> r.resourceType(ResourceTypeForTagging.PARAMETER).resourceId("/x"))
                .tagList())
        .containsExactlyInAnyOrder(team, cost);
    assertThatThrownBy(
            () -> ssm.putParameter(r -> r.name("/x").value("2").overwrite(true).tags(team)))
        .hasMessageContaining("tags and overwrite can't be used together");
    assertThatThrownBy(
            () ->
                ssm.addTagsToResource(
                    r ->
                        r.resourceType(ResourceTypeForTagging.PARAMETER)
                            .resourceId("/y")
                            .tags(team)))
        .isInstanceOf(InvalidResourceIdException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "/aws/x, prefixed with",
    "ssm-x, prefixed with",
    "x/y, fully qualified name",
    "/x y, parameter name",
    "/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16, at most 15 levels"
  })
  void aNameThatAwsDoesNotTakeIsRefused(String name, String why) {
    assertThatThrownBy(() -> put(name, "1")).hasMessageContaining(why);
  }

  @Test
  void aParameterNeedsATypeAndAValueOfAtMost4096Characters() {
    assertThatThrownBy(() -> ssm.putParameter(r -> r.name("/x").value("1")))
        .hasMessageContaining("A parameter type is required");
    put("/x", "1".repeat(4096));
    assertThatThrownBy(() -> put("/y", "1".repeat(4097))).hasMessageContaining("4096 characters");
  }
}
