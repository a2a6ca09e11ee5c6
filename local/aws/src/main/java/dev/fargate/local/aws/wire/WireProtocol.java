package dev.fargate.local.aws.wire;

import dev.fargate.local.aws.model.ServiceModel;

/** Reads requests and writes responses of one service by its model. */
interface WireProtocol {
  /** The name of the operation asked for, known or not. */
  String operation(HttpRequest request);

  /**
   * @throws AwsException when the body is not what the protocol and the model say, also when it has
   *     members that the model lacks
   */
  Struct decode(ServiceModel.Operation operation, HttpRequest request);

  HttpResponse encode(ServiceModel.Operation operation, Struct output, String requestId);

  HttpResponse encode(AwsException error, String requestId);

  static WireProtocol of(ServiceModel model, ServiceModel.Protocol protocol) {
    return switch (protocol) {
      case JSON -> new JsonProtocol(model);
      case QUERY -> new QueryProtocol(model, new QueryNames.AwsQuery());
      case EC2 -> new QueryProtocol(model, new QueryNames.Ec2());
      case REST_JSON -> new RestProtocol(model, new RestBody.Json(model));
      case REST_XML -> new RestProtocol(model, new RestBody.Xml(model));
      case CBOR -> new CborProtocol(model);
    };
  }
}
