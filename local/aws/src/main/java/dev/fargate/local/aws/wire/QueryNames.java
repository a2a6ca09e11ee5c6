package dev.fargate.local.aws.wire;

import dev.fargate.local.aws.model.Shape;

/** Where awsQuery and ec2Query differ in naming and in the frame around answers. */
sealed interface QueryNames {
  /** The key of a structure's member in a request. */
  String request(String name, Shape.Member member);

  /** The element between a list's key and its number in a request; empty when there is none. */
  String requestItem(Shape.ListOf list);

  /** The element of one item in a response list. */
  String responseItem(Shape.ListOf list);

  /** The code for a parameter that the operation does not have. */
  String unknownParameter();

  /** The element of a structure's member in a response. */
  default String response(String name, Shape.Member member) {
    return member.locationName().orElse(name);
  }

  /** ELBv2, STS: lists are {@code Key.member.N}. */
  record AwsQuery() implements QueryNames {
    @Override
    public String request(String name, Shape.Member member) {
      return member.locationName().orElse(name);
    }

    @Override
    public String requestItem(Shape.ListOf list) {
      return list.flattened() ? "" : list.member().locationName().orElse("member");
    }

    @Override
    public String responseItem(Shape.ListOf list) {
      return list.member().locationName().orElse("member");
    }

    @Override
    public String unknownParameter() {
      return "ValidationError";
    }
  }

  /** EC2: lists are flattened, names capitalised or given by {@code queryName}. */
  record Ec2() implements QueryNames {
    @Override
    public String request(String name, Shape.Member member) {
      return member.queryName().or(() -> member.locationName().map(Ec2::capitalised)).orElse(name);
    }

    @Override
    public String requestItem(Shape.ListOf list) {
      return "";
    }

    @Override
    public String responseItem(Shape.ListOf list) {
      return list.member().locationName().orElse("item");
    }

    @Override
    public String unknownParameter() {
      return "UnknownParameter";
    }

    private static String capitalised(String name) {
      return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
  }
}
