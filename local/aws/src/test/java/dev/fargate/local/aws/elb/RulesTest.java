package dev.fargate.local.aws.elb;

import static dev.fargate.local.aws.elb.ElbFixture.forward;
import static dev.fargate.local.aws.elb.ElbFixture.path;
import static dev.fargate.local.aws.elb.ElbFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.wire.Struct;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
  private final ElbFixture aws = new ElbFixture();
  private final String listener = aws.listener(aws.loadBalancer("web"));
  private final String group = aws.group("app");

  private List<Struct> rules() {
    return aws.call("DescribeRules", Struct.of().with("ListenerArn", listener)).structs("Rules");
  }

  private RouteAction choose(String host, String path) {
    return aws.elb
        .routingTable()
        .listeners()
        .get(listener)
        .choose(new RequestLine("GET", host, path, "", "127.0.0.1", Map.of()));
  }

  private static RouteAction to(String groupArn) {
    return new RouteAction.Forward(List.of(new RouteAction.WeightedGroup(groupArn, 1)));
  }

  private Struct with(int priority, Struct... conditions) {
    return aws.ruleInput(listener, priority, group).with("Conditions", List.of(conditions));
  }

  private static Struct host(String... names) {
    return Struct.of().with("Field", "host-header").with("Values", List.of(names));
  }

  @Test
  void aRuleIsShownWithBothFormsOfItsValuesAndItsPriorityAsText() {
    aws.rule(listener, 10, group);
    Struct rule = rules().get(0);
    assertThat(rule.required("Priority")).isEqualTo("10");
    Struct condition = rule.structs("Conditions").get(0);
    assertThat(condition.strings("Values")).containsExactly("/*");
    assertThat(condition.struct("PathPatternConfig").orElseThrow().strings("Values"))
        .containsExactly("/*");
    Struct action = rule.structs("Actions").get(0);
    assertThat(action.required("TargetGroupArn")).isEqualTo(group);
    assertThat(
            action
                .struct("ForwardConfig")
                .orElseThrow()
                .structs("TargetGroups")
                .get(0)
                .integer("Weight"))
        .contains(1);
  }

  @Test
  void theDefaultRuleComesLastAndCannotBeDeleted() {
    aws.rule(listener, 10, group);
    Struct last = rules().get(1);
    assertThat(last.required("Priority")).isEqualTo("default");
    assertThat(last.bool("IsDefault")).contains(true);
    refused(
        "OperationNotPermitted",
        () -> aws.call("DeleteRule", Struct.of().with("RuleArn", last.required("RuleArn"))));
  }

  @Test
  void aPriorityIsTakenOnce() {
    aws.rule(listener, 10, group);
    refused("PriorityInUse", () -> aws.rule(listener, 10, group));
  }

  @Test
  void prioritiesAreSwappedTogetherOrNotAtAll() {
    String first = aws.rule(listener, 1, group);
    String second = aws.rule(listener, 2, group);
    aws.rule(listener, 3, group);
    aws.call("SetRulePriorities", priorities(first, 2, second, 1));
    assertThat(rules()).extracting(rule -> rule.required("RuleArn")).startsWith(second, first);
    refused("PriorityInUse", () -> aws.call("SetRulePriorities", priorities(first, 5, second, 3)));
    assertThat(rules()).extracting(rule -> rule.required("Priority")).startsWith("1", "2", "3");
  }

  private static Struct priorities(String one, int first, String other, int second) {
    return Struct.of()
        .with(
            "RulePriorities",
            List.of(
                Struct.of().with("RuleArn", one).with("Priority", first),
                Struct.of().with("RuleArn", other).with("Priority", second)));
  }

  @Test
  void aLoadBalancerHasAHundredRules() {
    for (int i = 1; i <= 100; i++) {
      aws.rule(listener, i, group);
    }
    refused("TooManyRules", () -> aws.rule(listener, 101, group));
  }

  @Test
  void aRuleHasFiveValuesAndSixWildcards() {
    refused(
        "ValidationError",
        () ->
            aws.call(
                "CreateRule",
                with(1, host("a.io", "b.io", "c.io"), path("/1", "/2", "/3").get(0))));
    refused(
        "ValidationError",
        () -> aws.call("CreateRule", with(1, path("/*/*/*/*", "/*/*/*").get(0))));
    refused(
        "ValidationError",
        () -> aws.call("CreateRule", with(1, path("/a").get(0), path("/b").get(0))));
    refused("ValidationError", () -> aws.call("CreateRule", with(1, host("localhost"))));
    refused("ValidationError", () -> aws.call("CreateRule", with(1)));
  }

  @Test
  void rulesArePagedPerListener() {
    for (int i = 1; i <= 3; i++) {
      aws.rule(listener, i, group);
    }
    Struct input = Struct.of().with("ListenerArn", listener).with("PageSize", 3);
    Struct first = aws.call("DescribeRules", input);
    Struct second = aws.call("DescribeRules", input.with("Marker", first.required("NextMarker")));
    assertThat(first.structs("Rules")).hasSize(3);
    assertThat(second.structs("Rules")).hasSize(1);
    assertThat(second.has("NextMarker")).isFalse();
  }

  @Test
  void modifyingChangesOnlyWhatIsNamed() {
    String rule = aws.rule(listener, 10, group);
    aws.call("ModifyRule", Struct.of().with("RuleArn", rule).with("Conditions", path("/api/*")));
    assertThat(choose("x.io", "/api/a")).isEqualTo(to(group));
    assertThat(choose("x.io", "/")).isInstanceOf(RouteAction.FixedResponse.class);
  }

  @Test
  void aTargetGroupBelongsToOneLoadBalancer() {
    aws.rule(listener, 1, group);
    String elsewhere = aws.listener(aws.loadBalancer("other"));
    refused("TargetGroupAssociationLimit", () -> aws.rule(elsewhere, 1, group));
    refused(
        "TargetGroupNotFound", () -> aws.rule(listener, 2, group.replace("/app/", "/missing/")));
  }

  @Test
  void aTargetGroupInUseIsNotDeletedUntilItsRuleIs() {
    String rule = aws.rule(listener, 1, group);
    Struct it = Struct.of().with("TargetGroupArn", group);
    refused("ResourceInUse", () -> aws.call("DeleteTargetGroup", it));
    aws.call("DeleteRule", Struct.of().with("RuleArn", rule));
    aws.call("DeleteTargetGroup", it);
    aws.call("DeleteTargetGroup", it);
    refused("RuleNotFound", () -> aws.call("DeleteRule", Struct.of().with("RuleArn", rule)));
  }

  @Test
  void aGroupOfWeightZeroIsAssociatedToo() {
    String next = aws.group("next");
    Struct forward =
        Struct.of()
            .with("Type", "forward")
            .with(
                "ForwardConfig",
                Struct.of()
                    .with(
                        "TargetGroups",
                        List.of(
                            Struct.of().with("TargetGroupArn", group).with("Weight", 100),
                            Struct.of().with("TargetGroupArn", next).with("Weight", 0))));
    aws.call("CreateRule", aws.ruleInput(listener, 1, group).with("Actions", List.of(forward)));
    assertThat(aws.elb.targetGroups().find(next).orElseThrow().associated()).isTrue();
    assertThat(rules().get(0).structs("Actions").get(0).has("TargetGroupArn")).isFalse();
  }

  @Test
  void creatingAGroupAgainReturnsItOrRefusesOtherSettings() {
    assertThat(aws.group("app")).isEqualTo(group);
    refused(
        "DuplicateTargetGroupName",
        () -> aws.call("CreateTargetGroup", aws.groupInput("app").with("Port", 3001)));
    refused(
        "DuplicateTargetGroupName",
        () -> aws.call("CreateTargetGroup", aws.groupInput("app").with("HealthCheckPath", "/")));
  }

  @Test
  void healthCheckSettingsAreCheckedAgainstEachOther() {
    refused(
        "ValidationError",
        () ->
            aws.call(
                "CreateTargetGroup", aws.groupInput("bad").with("HealthCheckTimeoutSeconds", 10)));
    refused(
        "ValidationError",
        () ->
            aws.call(
                "ModifyTargetGroup",
                Struct.of()
                    .with("TargetGroupArn", group)
                    .with("Matcher", Struct.of().with("HttpCode", "200-599"))));
  }

  @Test
  void aRedirectToItselfIsRefused() {
    Struct loop =
        Struct.of()
            .with("Type", "redirect")
            .with("RedirectConfig", Struct.of().with("StatusCode", "HTTP_301"));
    refused(
        "InvalidLoadBalancerAction",
        () ->
            aws.call(
                "CreateRule", aws.ruleInput(listener, 1, group).with("Actions", List.of(loop))));
  }

  @Test
  void theRuleOfLowestPriorityThatMatchesWins() {
    String api = aws.group("api");
    aws.call(
        "CreateRule",
        aws.ruleInput(listener, 20, group).with("Conditions", List.of(host("*.example.com"))));
    aws.call(
        "CreateRule",
        aws.ruleInput(listener, 10, api)
            .with("Conditions", List.of(host("*.example.com"), path("/api/*").get(0)))
            .with("Actions", forward(api)));
    assertThat(choose("www.EXAMPLE.com", "/api/x")).isEqualTo(to(api));
    assertThat(choose("www.example.com", "/API/x")).isEqualTo(to(group));
    assertThat(choose("example.org", "/api/x")).isInstanceOf(RouteAction.FixedResponse.class);
  }

  @ParameterizedTest(name = "{0} on {1}: {2}")
  @CsvSource({
    "/img/*, /img/a/b.png, true",
    "/img/*, /img, false",
    "/img/?.png, /img/a.png, true",
    "/img/?.png, /img/.png, false",
    "*.png, /a/b.png, true",
    "/*a*b*, /xaxxb, true",
    "/*a*b*, /xbxxa, false",
    "/, /x, false",
    "*, /, true",
  })
  void wildcardsMatchAsInALoadBalancer(String pattern, String path, boolean matches) {
    assertThat(Wildcard.matches(pattern, path)).isEqualTo(matches);
  }

  @Test
  void aClientIsMatchedByAddressHeaderMethodAndQuery() {
    RequestLine request =
        new RequestLine(
            "POST",
            "a.io",
            "/",
            "version=V1&debug",
            "10.1.2.3",
            Map.of("user-agent", List.of("Mozilla/5.0 Chrome")));
    assertThat(new Condition.SourceIp(List.of("::/0", "10.1.0.0/16")).matches(request)).isTrue();
    assertThat(new Condition.SourceIp(List.of("::/0", "10.2.0.0/16")).matches(request)).isFalse();
    assertThat(new Condition.Header("User-Agent", List.of("*chrome*")).matches(request)).isTrue();
    assertThat(new Condition.Method(List.of("POST")).matches(request)).isTrue();
    assertThat(new Condition.Method(List.of("GET")).matches(request)).isFalse();
    assertThat(query("version", "v1").matches(request)).isTrue();
    assertThat(query(null, "v?").matches(request)).isTrue();
    assertThat(query("version", "v2").matches(request)).isFalse();
  }

  private static Condition query(String key, String value) {
    return new Condition.Query(List.of(new Condition.Query.Pair(key, value)));
  }
}
