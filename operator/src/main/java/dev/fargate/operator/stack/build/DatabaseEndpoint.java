package dev.fargate.operator.stack.build;

/** What a FargateDatabase has published for the apps that refer to it. */
public record DatabaseEndpoint(
    String name,
    String host,
    int port,
    String databaseName,
    String secretArn,
    String securityGroupId) {}
