package dev.fargate.local.aws.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * AWS's own model of one service, trimmed by {@link TrimModels}: protocol, operations in use, and
 * the shapes they reach.
 *
 * @param otherOperations operations that AWS has and this endpoint does not support
 */
public record ServiceModel(
    Metadata metadata,
    Map<String, Operation> operations,
    Map<String, Http> otherOperations,
    Map<String, Shape> shapes) {

  /**
   * @param signingName as in a signature's credential scope
   * @param targetPrefix of the {@code X-Amz-Target} header; empty for query protocols
   * @param jsonVersion 1.0 or 1.1; empty for query protocols
   * @param xmlNamespace empty where answers are JSON
   * @param others protocols that the service speaks beside the first
   * @param queryCompatible whether errors also name the code that the query protocol had for them
   */
  public record Metadata(
      String signingName,
      Protocol protocol,
      String apiVersion,
      String targetPrefix,
      String jsonVersion,
      String xmlNamespace,
      Set<Protocol> others,
      boolean queryCompatible) {}

  /** The wire protocols the codec speaks; a model with another one is refused when loaded. */
  public enum Protocol {
    JSON,
    QUERY,
    EC2,
    REST_JSON,
    REST_XML,
    CBOR
  }

  /**
   * How a REST protocol calls an operation; the others post everything to {@code /}.
   *
   * @param uri with labels, for example {@code /backup-vaults/{backupVaultName}}
   * @param responseCode the status of a good answer
   */
  public record Http(String method, String uri, int responseCode) {}

  /**
   * @param inputElement the root element of a request's body in rest-xml
   * @param output empty when the operation returns nothing
   * @param resultWrapper the element around a query answer's members
   */
  public record Operation(
      String name,
      Http http,
      Optional<String> input,
      Optional<String> inputElement,
      Optional<String> output,
      Optional<String> resultWrapper) {}

  /** Models never change, and reading one takes longer than a call: each is read once. */
  private static final Map<String, ServiceModel> READ = new ConcurrentHashMap<>();

  /** The model packaged for this service. */
  public static ServiceModel load(String signingName) {
    return READ.computeIfAbsent(signingName, ServiceModel::read);
  }

  private static ServiceModel read(String signingName) {
    try (InputStream in = ServiceModel.class.getResourceAsStream(signingName + ".json")) {
      if (in == null) {
        throw new IllegalArgumentException(
            "no AWS model is packaged for '" + signingName + "': see src/main/models");
      }
      return new ModelParser(signingName, new ObjectMapper().readTree(in)).parse();
    } catch (IOException e) {
      throw new UncheckedIOException("model of " + signingName + " cannot be read", e);
    }
  }

  public Shape shape(String name) {
    Shape shape = shapes.get(name);
    if (shape == null) {
      throw new IllegalArgumentException("no shape " + name + " in " + metadata.signingName());
    }
    return shape;
  }

  public Shape.Structure structure(String name) {
    return (Shape.Structure) shape(name);
  }

  /** The exception with this code on the wire; empty when the model has none. */
  public Optional<Shape.Structure> error(String code) {
    return shapes.values().stream()
        .filter(Shape.Structure.class::isInstance)
        .map(Shape.Structure.class::cast)
        .filter(s -> s.error().map(e -> e.code().equals(code)).orElse(false))
        .findFirst();
  }
}
