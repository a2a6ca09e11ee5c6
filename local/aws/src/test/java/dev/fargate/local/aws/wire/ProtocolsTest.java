package dev.fargate.local.aws.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import dev.fargate.local.aws.AwsEndpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** CloudWatch is asked in three protocols, and answers each client in its own. */
class ProtocolsTest {
  private static final ObjectMapper CBOR = new ObjectMapper(new CBORFactory());
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TARGET = "GraniteServiceVersion20100801";

  private final AwsEndpoint aws = AwsEndpoint.builder().build();

  @AfterEach
  void close() {
    aws.close();
  }

  private HttpResponse call(String path, Map<String, String> headers, byte[] body) {
    Map<String, String> all = new HashMap<>(headers);
    all.put(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential=KEY/20260101/eu-central-1/monitoring/aws4_request,"
            + " SignedHeaders=host, Signature=none");
    return aws.handle(new HttpRequest("POST", path, all, body));
  }

  private HttpResponse cbor(String operation, Object input) throws IOException {
    return call(
        "/service/" + TARGET + "/operation/" + operation,
        Map.of("smithy-protocol", "rpc-v2-cbor", "Content-Type", "application/cbor"),
        CBOR.writeValueAsBytes(input));
  }

  private HttpResponse json(String operation, String input) {
    return call(
        "/",
        Map.of(
            "X-Amz-Target", TARGET + "." + operation, "Content-Type", "application/x-amz-json-1.0"),
        input.getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse query(String form) {
    return call(
        "/",
        Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
        (form + "&Version=2010-08-01").getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, Object> alarm() {
    return Map.of(
        "AlarmName", "a",
        "Namespace", "AWS/ECS",
        "MetricName", "CPUUtilization",
        "Statistic", "Maximum",
        "Period", 60,
        "EvaluationPeriods", 1,
        "Threshold", 90.5,
        "ComparisonOperator", "GreaterThanThreshold");
  }

  @Test
  void whatOneHasPutTheOthersSee() throws IOException {
    HttpResponse put = cbor("PutMetricAlarm", alarm());
    assertThat(put.status()).isEqualTo(200);
    assertThat(put.headers()).containsEntry("smithy-protocol", "rpc-v2-cbor");

    HttpResponse inCbor = cbor("DescribeAlarms", Map.of());
    JsonNode seen = CBOR.readTree(inCbor.body()).get("MetricAlarms").get(0);
    assertThat(seen.get("Threshold").doubleValue()).isEqualTo(90.5);
    // 0xc1: CBOR's tag of a time.
    assertThat(inCbor.body()).contains(new byte[] {(byte) 0xc1, (byte) 0xfb});
    HttpResponse inJson = json("DescribeAlarms", "{}");
    assertThat(inJson.headers()).containsEntry("Content-Type", "application/x-amz-json-1.0");
    assertThat(JSON.readTree(inJson.body()).get("MetricAlarms").get(0).get("AlarmName").textValue())
        .isEqualTo("a");
    HttpResponse inXml = query("Action=DescribeAlarms");
    assertThat(new String(inXml.body(), StandardCharsets.UTF_8))
        .contains("<DescribeAlarmsResult>", "<AlarmName>a</AlarmName>");
  }

  @Test
  void anErrorNamesItsShapeAndInAHeaderTheCodeOfTheOlderProtocol() throws IOException {
    Map<String, String> drill =
        Map.of("AlarmName", "none", "StateValue", "OK", "StateReason", "drill");
    HttpResponse inCbor = cbor("SetAlarmState", drill);
    assertThat(inCbor.status()).isEqualTo(404);
    assertThat(CBOR.readTree(inCbor.body()).get("__type").textValue())
        .isEqualTo("ResourceNotFound");
    assertThat(inCbor.headers()).containsEntry("x-amzn-query-error", "ResourceNotFound;Sender");
    HttpResponse inJson = json("SetAlarmState", JSON.writeValueAsString(drill));
    assertThat(inJson.headers()).containsEntry("x-amzn-query-error", "ResourceNotFound;Sender");
    assertThat(
            new String(
                query("Action=SetAlarmState&AlarmName=none&StateValue=OK&StateReason=drill").body(),
                StandardCharsets.UTF_8))
        .contains("<Code>ResourceNotFound</Code>");
  }

  @Test
  void aProtocolThatNobodySpeaksIsRefusedAndSaysWhich() {
    HttpResponse refused =
        call("/", Map.of("smithy-protocol", "rpc-v2-json", "X-Amz-Target", "any"), new byte[0]);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(new String(refused.body(), StandardCharsets.UTF_8))
        .contains("UnknownOperationException", "rpc-v2-json", "CBOR", "JSON", "QUERY");
  }

  @Test
  void aMemberThatTheModelLacksIsRefusedInEach() throws IOException {
    assertThat(cbor("DescribeAlarms", Map.of("Nonsense", 1)).status()).isEqualTo(400);
    assertThat(json("DescribeAlarms", "{\"Nonsense\":1}").status()).isEqualTo(400);
    assertThat(query("Action=DescribeAlarms&Nonsense=1").status()).isEqualTo(400);
  }
}
