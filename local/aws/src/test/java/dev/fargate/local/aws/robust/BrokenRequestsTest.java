package dev.fargate.local.aws.robust;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.aws.model.ServiceModel;
import dev.fargate.local.aws.wire.HttpRequest;
import dev.fargate.local.aws.wire.HttpResponse;
import dev.fargate.local.aws.wire.Struct;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Requests whose bytes are broken, in every protocol: the endpoint answers each with an error of
 * AWS's kind, never with a fault of its own, and never hangs. Profile {@code fuzz} sends many more.
 */
class BrokenRequestsTest {
  private static final int FEW = 1_500;
  private static final int MANY = 200_000;

  /** What decoders stumble over. */
  private static final List<byte[]> PIECES =
      List.of(
          new byte[] {0},
          new byte[] {(byte) 0xff, (byte) 0xfe},
          new byte[] {(byte) 0xc3},
          "\ud800".getBytes(StandardCharsets.UTF_16BE),
          "\\ud800".getBytes(StandardCharsets.US_ASCII),
          "\"".getBytes(StandardCharsets.US_ASCII),
          "%".getBytes(StandardCharsets.US_ASCII),
          "%zz".getBytes(StandardCharsets.US_ASCII),
          "&.1.1=".getBytes(StandardCharsets.US_ASCII),
          "&A.member.999999999=x".getBytes(StandardCharsets.US_ASCII),
          "&A.member.-1=x".getBytes(StandardCharsets.US_ASCII),
          "1e999".getBytes(StandardCharsets.US_ASCII),
          "-9223372036854775809".getBytes(StandardCharsets.US_ASCII),
          "null".getBytes(StandardCharsets.US_ASCII),
          "[".repeat(5_000).getBytes(StandardCharsets.US_ASCII),
          "{\"a\":".repeat(5_000).getBytes(StandardCharsets.US_ASCII));

  private final AwsEndpoint endpoint = AwsEndpoint.builder().build();

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void aBrokenRequestIsRefusedAndBreaksNothing() {
    send(FEW, 1);
  }

  @Test
  @Tag("fuzz")
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void manyBrokenRequestsAreRefusedAndBreakNothing() {
    send(MANY, Long.getLong("fuzz.seed", 7));
  }

  private void send(int tries, long seed) {
    Random random = new Random(seed);
    List<HttpRequest> whole = whole(random);
    List<String> failures = new ArrayList<>();
    for (int i = 0; i < tries; i++) {
      HttpRequest request = whole.get(random.nextInt(whole.size()));
      HttpRequest broken =
          new HttpRequest(
              request.method(),
              random.nextInt(50) == 0 ? path(random) : request.path(),
              headers(request.headers(), random),
              mutated(request.body(), random));
      HttpResponse response = endpoint.handle(broken);
      String body = new String(response.body(), StandardCharsets.UTF_8);
      // 501 says in words what the endpoint does not do.
      if (response.status() >= 500 && response.status() != 501
          || body.contains("InternalFailure")) {
        failures.add(
            "seed "
                + seed
                + ", try "
                + i
                + ": "
                + response.status()
                + " "
                + body
                + " to "
                + new String(broken.body(), StandardCharsets.ISO_8859_1));
      }
    }
    assertThat(failures).isEmpty();
  }

  /** One request for every operation. */
  private List<HttpRequest> whole(Random random) {
    List<HttpRequest> requests = new ArrayList<>();
    RandomInputs inputs = new RandomInputs(random);
    for (String service : endpoint.services()) {
      ServiceModel model = ServiceModel.load(service);
      for (ServiceModel.Operation operation : model.operations().values()) {
        Struct input =
            operation.input().isEmpty()
                ? Struct.of()
                : inputs.input(model, model.structure(operation.input().get()));
        requests.add(WireForm.request(model, operation, input));
      }
    }
    return requests;
  }

  private static String path(Random random) {
    return "/" + List.of("", "%", "..", "a/b/c", "2015-02-01/x/%00", "?x=%").get(random.nextInt(6));
  }

  private static Map<String, String> headers(Map<String, String> headers, Random random) {
    Map<String, String> changed = new HashMap<>(headers);
    switch (random.nextInt(20)) {
      case 0 -> changed.remove("authorization");
      case 1 -> changed.put("authorization", "AWS4-HMAC-SHA256 Credential=");
      case 2 -> changed.put("x-amz-target", "Nothing.Nowhere");
      case 3 -> changed.put("content-type", "text/plain; charset=none");
      case 4 -> changed.put("authorization", "Basic \u0000");
      default -> {}
    }
    return changed;
  }

  private static byte[] mutated(byte[] body, Random random) {
    byte[] bytes = body.clone();
    for (int n = random.nextInt(3); n >= 0; n--) {
      int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
      switch (random.nextInt(4)) {
        case 0 -> bytes = joined(bytes, 0, at, new byte[0], bytes.length);
        case 1 -> bytes = joined(bytes, 0, at, PIECES.get(random.nextInt(PIECES.size())), at);
        case 2 ->
            bytes =
                joined(
                    bytes, 0, at, new byte[0], Math.min(bytes.length, at + 1 + random.nextInt(9)));
        default -> {
          if (bytes.length > 0) {
            bytes[at] = (byte) random.nextInt(256);
          }
        }
      }
    }
    return bytes;
  }

  private static byte[] joined(byte[] bytes, int from, int to, byte[] piece, int rest) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, from, to - from);
    out.writeBytes(piece);
    out.write(bytes, rest, bytes.length - rest);
    return out.toByteArray();
  }
}
