package dev.fargate.local.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.kube.wire.KubeRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What single built-in kinds do beyond being stored. */
class BuiltInTest {
  private static final String SECRETS = "/api/v1/namespaces/default/secrets";
  private final TestApi api = new TestApi();

  @Test
  void theUsualNamespacesAreThere() {
    assertThat(api.get("/api/v1/namespaces").names()).containsExactly("default", "kube-system");
    assertThat(
            api.get("/api/v1/namespaces/default")
                .text("/metadata/labels/kubernetes.io~1metadata.name"))
        .isEqualTo("default");
  }

  @Test
  void stringDataOfASecretBecomesData() {
    TestApi.Answer made =
        api.create(
                SECRETS,
                "{\"metadata\":{\"name\":\"s\"},\"data\":{\"a\":\"QQ==\"},\"stringData\":{\"b\":\"B\"}}")
            .expect(201);
    assertThat(made.at("/data").toString()).isEqualTo("{\"a\":\"QQ==\",\"b\":\"Qg==\"}");
    assertThat(made.object().has("stringData")).isFalse();
    assertThat(made.text("/type")).isEqualTo("Opaque");
  }

  @Test
  void badOrImmutableSecretsAreRefused() {
    api.create(SECRETS, "{\"metadata\":{\"name\":\"s\"},\"data\":{\"a\":\"not base64!\"}}")
        .expect(422);
    api.create(
            SECRETS, "{\"metadata\":{\"name\":\"s\"},\"immutable\":true,\"data\":{\"a\":\"QQ==\"}}")
        .expect(201);
    api.merge(SECRETS + "/s", "{\"stringData\":{\"a\":\"other\"}}").expect(422);
    api.merge(SECRETS + "/s", "{\"type\":\"Other\"}").expect(422);
    api.merge(SECRETS + "/s", "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}").expect(200);
  }

  @Test
  void eventsAreTheSameObjectsInBothGroups() {
    String made =
        "{\"metadata\":{\"name\":\"e\",\"namespace\":\"default\"},\"regarding\":{\"kind\":\"Widget\",\"name\":\"one\",\"uid\":\"u\"},"
            + "\"note\":\"hello\",\"reason\":\"Started\",\"type\":\"Normal\"}";
    api.create("/apis/events.k8s.io/v1/namespaces/default/events", made).expect(201);
    TestApi.Answer core =
        api.get(
                "/api/v1/namespaces/default/events?fieldSelector=involvedObject.name%3Done,involvedObject.uid%3Du")
            .expect(200);
    assertThat(core.text("/items/0/message")).isEqualTo("hello");
    assertThat(core.text("/items/0/involvedObject/kind")).isEqualTo("Widget");
    TestApi.Answer other =
        api.get(
            "/apis/events.k8s.io/v1/namespaces/default/events?fieldSelector=regarding.name%3Dtwo");
    assertThat(other.expect(200).names()).isEmpty();
  }

  @Test
  void everythingIsAllowedAndTheAnswerSaysWhy() {
    TestApi.Answer access =
        api.create(
            "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            "{\"spec\":{\"resourceAttributes\":{\"verb\":\"get\"}}}");
    assertThat(access.expect(201).at("/status/allowed").asBoolean()).isTrue();
    assertThat(access.text("/status/reason")).contains("no authorization");
    TestApi.Answer rules =
        api.create(
            "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews",
            "{\"spec\":{\"namespace\":\"default\"}}");
    assertThat(rules.expect(201).text("/status/resourceRules/0/verbs/0")).isEqualTo("*");
    api.get("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews").expect(405);
  }

  @Test
  void protobufAsKubectlCreateSendsItIsRead() {
    byte[] meta =
        message(
            1,
            "s".getBytes(StandardCharsets.UTF_8),
            2,
            new byte[0],
            3,
            "default".getBytes(StandardCharsets.UTF_8),
            8,
            new byte[0]);
    byte[] entry =
        message(
            1, "key".getBytes(StandardCharsets.UTF_8), 2, "value".getBytes(StandardCharsets.UTF_8));
    byte[] secret = message(1, meta, 2, entry, 3, "Opaque".getBytes(StandardCharsets.UTF_8));
    TestApi.Answer made = protobuf(SECRETS, "Secret", secret).expect(201);
    assertThat(made.text("/data/key")).isEqualTo("dmFsdWU=");
    assertThat(made.at("/metadata").has("generateName")).isFalse();
  }

  @Test
  void protobufThatIsNotReadIsRefusedWithAWayOut() {
    String pods = "/api/v1/namespaces/default/pods";
    assertThat(protobuf(pods, "Pod", new byte[0]).expect(415).text("/message"))
        .contains("v1/Secret")
        .contains("send JSON");
    protobuf(SECRETS, "Secret", message(99, new byte[0])).expect(415);
    protobuf(SECRETS, "Secret", new byte[] {10, 100, 1}).expect(400);
    api.send(
            KubeRequest.of("POST", SECRETS, "nothing")
                .header("Content-Type", "application/vnd.kubernetes.protobuf"))
        .expect(400);
    api.send(KubeRequest.of("POST", SECRETS, "a=b").header("Content-Type", "text/plain"))
        .expect(415);
  }

  @Test
  void answersInProtobufAloneAreRefused() {
    api.send(KubeRequest.of("GET", SECRETS).header("Accept", "application/vnd.kubernetes.protobuf"))
        .expect(406);
    api.send(
            KubeRequest.of("GET", SECRETS)
                .header("Accept", "application/vnd.kubernetes.protobuf,application/json"))
        .expect(200);
  }

  private TestApi.Answer protobuf(String path, String kind, byte[] object) {
    byte[] type =
        message(1, "v1".getBytes(StandardCharsets.UTF_8), 2, kind.getBytes(StandardCharsets.UTF_8));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(new byte[] {'k', '8', 's', 0});
    body.writeBytes(message(1, type, 2, object));
    KubeRequest request = KubeRequest.of("POST", path, body.toByteArray());
    return api.send(request.header("Content-Type", "application/vnd.kubernetes.protobuf"));
  }

  /** Length-delimited fields, number and bytes in turn; all short. */
  private static byte[] message(Object... fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < fields.length; i += 2) {
      int tag = (int) fields[i] << 3 | 2;
      if (tag > 127) {
        out.write(tag & 0x7f | 0x80);
        tag = tag >>> 7;
      }
      out.write(tag);
      out.write(((byte[]) fields[i + 1]).length);
      out.writeBytes((byte[]) fields[i + 1]);
    }
    return out.toByteArray();
  }
}
