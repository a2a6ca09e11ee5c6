package dev.fargate.local.aws.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.AwsEndpoint;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What goes over the wire, byte by byte, for requests that no SDK would send. */
class WireTest {
  private final AwsEndpoint endpoint = AwsEndpoint.builder().build();

  @Test
  void aMemberThatTheModelLacksIsRefusedByName() {
    HttpResponse answer =
        json(
            "logs", "Logs_20140328.CreateLogGroup", "{\"logGroupName\":\"g\",\"logGroopClass\":1}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(text(answer))
        .contains("\"__type\":\"SerializationException\"")
        .contains("member 'logGroopClass', which CreateLogGroupRequest does not have");
  }

  @Test
  void aValueOfTheWrongTypeIsRefused() {
    assertThat(
            text(
                json(
                    "logs",
                    "Logs_20140328.PutRetentionPolicy",
                    "{\"logGroupName\":\"g\",\"retentionInDays\":\"7\"}")))
        .contains("request.retentionInDays must be a whole (Days), not a JSON string");
  }

  @Test
  void allBrokenConstraintsAreToldAtOnceInAwsesWords() {
    assertThat(text(json("secretsmanager", "secretsmanager.CreateSecret", "{\"Name\":\"\"}")))
        .contains("\"__type\":\"ValidationException\"")
        .contains(
            "1 validation error detected: Value '' at 'name' failed to satisfy constraint: Member"
                + " must have length greater than or equal to 1");
    assertThat(text(query("sts", "Action=AssumeRole&Version=2011-06-15&RoleArn=short")))
        .contains("<Code>ValidationError</Code>")
        .contains("2 validation errors detected: Value null at 'roleSessionName'")
        .contains("Member must not be null; Value 'short' at 'roleArn'");
    assertThat(
            text(
                query(
                    "sts",
                    "Action=AssumeRole&Version=2011-06-15&RoleSessionName=a%20b"
                        + "&RoleArn=arn:aws:iam::123456789012:role/web")))
        .contains("Value 'a b' at 'roleSessionName'")
        .contains("Member must satisfy regular expression pattern");
  }

  @Test
  void aSensitiveValueIsNotShownInAnError() {
    String tooLong = "canary".repeat(20_000);
    assertThat(
            text(
                json(
                    "secretsmanager",
                    "secretsmanager.CreateSecret",
                    "{\"Name\":\"a\",\"SecretString\":\"" + tooLong + "\"}")))
        .contains("Value at 'secretString' failed to satisfy constraint")
        .doesNotContain("canary");
  }

  @Test
  void unknownOperationsAndUnsupportedOnesAreToldApart() {
    assertThat(text(json("logs", "Logs_20140328.CreateLogGrup", "{}")))
        .contains("UnknownOperationException")
        .contains("has no operation 'CreateLogGrup'");
    HttpResponse unsupported = json("logs", "Logs_20140328.StartQuery", "{}");
    assertThat(unsupported.status()).isEqualTo(501);
    assertThat(text(unsupported)).contains("does not support logs:StartQuery. It supports Create");
    assertThat(query("sts", "Action=GetSessionToken&Version=2011-06-15").status()).isEqualTo(501);
  }

  @Test
  void anUnknownServiceFailsLoudlyAndSaysWhatThereIs() {
    HttpResponse answer = json("dynamodb", "DynamoDB_20120810.ListTables", "{}");
    assertThat(answer.status()).isEqualTo(501);
    assertThat(text(answer)).contains("no service 'dynamodb'").contains("secretsmanager");
    assertThat(text(query("iam", "Action=ListRoles"))).contains("<Code>NotImplemented</Code>");
  }

  @Test
  void anotherRegionIsRefusedSinceTheWorldIsInOne() {
    Map<String, String> headers = headers("logs");
    headers.replaceAll((name, value) -> value.replace("eu-central-1", "us-west-2"));
    assertThat(text(endpoint.handle(new HttpRequest("POST", "/", headers, new byte[0]))))
        .contains("serves region eu-central-1; the request is signed for us-west-2");
  }

  @Test
  void anUnsignedRequestIsRefused() {
    HttpResponse answer = endpoint.handle(new HttpRequest("GET", "/", Map.of(), new byte[0]));
    assertThat(answer.status()).isEqualTo(403);
    assertThat(text(answer)).contains("MissingAuthenticationToken");
  }

  @Test
  void theClassicLoadBalancersVersionIsRefused() {
    assertThat(
            text(query("elasticloadbalancing", "Action=DescribeLoadBalancers&Version=2012-06-01")))
        .contains("Could not find operation DescribeLoadBalancers for version 2012-06-01");
  }

  @Test
  void ec2NamesAParameterItDoesNotKnow() {
    assertThat(text(query("ec2", "Action=DescribeVpcs&Version=2016-11-15&VpcIdd.1=vpc-1")))
        .contains("<Response><Errors><Error><Code>UnknownParameter</Code>")
        .contains("The parameter VpcIdd is not recognized");
    assertThat(text(query("ec2", "Action=CreateSecurityGroup&Version=2016-11-15&GroupName=a")))
        .contains("<Code>MissingParameter</Code>");
  }

  @Test
  void timesAreEpochSecondsInJson() {
    String token = "11111111-1111-1111-1111-111111111111";
    json(
        "secretsmanager",
        "secretsmanager.CreateSecret",
        "{\"Name\":\"a\",\"SecretString\":\"x\",\"ClientRequestToken\":\"" + token + "\"}");
    assertThat(
            text(json("secretsmanager", "secretsmanager.DescribeSecret", "{\"SecretId\":\"a\"}")))
        .contains("\"CreatedDate\":1767225600.000");
  }

  @Test
  void everyAnswerCarriesARequestId() {
    assertThat(json("logs", "Logs_20140328.DescribeLogGroups", "{}").headers())
        .containsKey("x-amzn-RequestId");
    assertThat(text(query("sts", "Action=GetCallerIdentity&Version=2011-06-15")))
        .contains("<ResponseMetadata><RequestId>");
  }

  private HttpResponse json(String service, String target, String body) {
    Map<String, String> headers = headers(service);
    headers.put("X-Amz-Target", target);
    headers.put("Content-Type", "application/x-amz-json-1.1");
    return endpoint.handle(
        new HttpRequest("POST", "/", headers, body.getBytes(StandardCharsets.UTF_8)));
  }

  private HttpResponse query(String service, String form) {
    Map<String, String> headers = headers(service);
    headers.put("Content-Type", "application/x-www-form-urlencoded; charset=utf-8");
    return endpoint.handle(
        new HttpRequest("POST", "/", headers, form.getBytes(StandardCharsets.UTF_8)));
  }

  private static Map<String, String> headers(String service) {
    Map<String, String> headers = new HashMap<>();
    headers.put(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=KEY/20260101/eu-central-1/"
            + service
            + "/aws4_request, SignedHeaders=host, Signature=none");
    return headers;
  }

  private static String text(HttpResponse response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
