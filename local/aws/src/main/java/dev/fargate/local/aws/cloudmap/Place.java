package dev.fargate.local.aws.cloudmap;

import dev.fargate.local.aws.wire.Caller;

/** The account and region of a call: what its ARNs begin with. */
record Place(String accountId, String region) {
  static Place of(Caller caller) {
    return new Place(caller.accountId(), caller.region());
  }

  String arn(String resource) {
    return "arn:aws:servicediscovery:" + region + ":" + accountId + ":" + resource;
  }
}
