package dev.fargate.local.aws.call;

import dev.fargate.local.aws.wire.AwsException;
import dev.fargate.local.aws.wire.HttpRequest;
import dev.fargate.local.aws.wire.HttpResponse;
import dev.fargate.local.aws.wire.LostResponse;
import dev.fargate.local.aws.wire.ServiceBehaviour;
import dev.fargate.local.aws.wire.ServiceCodec;
import dev.fargate.local.aws.wire.Struct;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A behaviour with the codec of its service. */
record HostedService(ServiceBehaviour behaviour, ServiceCodec codec) {
  private static final Logger LOG = LoggerFactory.getLogger(HostedService.class);

  /**
   * @throws IllegalStateException when the operations that work are not those the build has kept
   */
  static HostedService of(ServiceBehaviour behaviour) {
    ServiceCodec codec = ServiceCodec.load(behaviour.signingName());
    Set<String> onlyInFile = new TreeSet<>(codec.operations());
    onlyInFile.removeAll(behaviour.operations());
    Set<String> onlyInCode = new TreeSet<>(behaviour.operations());
    onlyInCode.removeAll(codec.operations());
    if (!onlyInFile.isEmpty() || !onlyInCode.isEmpty()) {
      throw new IllegalStateException(
          "src/main/models/operations.txt and the behaviour of "
              + behaviour.signingName()
              + " differ: only in the file "
              + onlyInFile
              + ", only in the code "
              + onlyInCode);
    }
    return new HostedService(behaviour, codec);
  }

  /**
   * The same service in the protocol of this request.
   *
   * @throws AwsException when the service does not speak it
   */
  HostedService speaking(HttpRequest request) {
    ServiceCodec spoken = codec.speaking(request);
    return spoken == codec ? this : new HostedService(behaviour, spoken);
  }

  /** Runs the call and encodes the error that comes of it, if any. */
  HttpResponse answer(String requestId, Supplier<HttpResponse> call) {
    try {
      try {
        return call.get();
      } catch (AwsException error) {
        return codec.encode(error, requestId);
      }
    } catch (LostResponse lost) {
      throw lost;
    } catch (RuntimeException fault) {
      LOG.error("The local AWS endpoint failed in {}", behaviour.signingName(), fault);
      return codec.encode(
          new AwsException(
              "InternalFailure",
              "A fault of the local AWS endpoint, not of the caller: " + fault.getMessage(),
              500,
              Struct.of()),
          requestId);
    }
  }
}
