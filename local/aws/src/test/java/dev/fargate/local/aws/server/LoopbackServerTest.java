package dev.fargate.local.aws.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.aws.Clients;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;

class LoopbackServerTest {
  private final AwsEndpoint endpoint = AwsEndpoint.builder().build();
  private final URI url = endpoint.start(0);

  @AfterEach
  void close() {
    endpoint.close();
  }

  @Test
  void everyProtocolIsSpokenOverASocket() {
    Clients.overSocket(url, EcsClient.builder()).createCluster(r -> r.clusterName("c"));
    assertThat(Clients.overSocket(url, EcsClient.builder()).listClusters().clusterArns())
        .hasSize(1);
    assertThat(Clients.overSocket(url, Ec2Client.builder()).describeSubnets().subnets()).hasSize(4);
    assertThat(
            Clients.overSocket(url, ElasticLoadBalancingV2Client.builder())
                .describeTargetGroups()
                .targetGroups())
        .isEmpty();
  }

  @Test
  void manyClientsAreServedAtOnceAndEachCallIsOneStep() {
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int client = 0; client < 8; client++) {
      String prefix = "client" + client + "-";
      clients.add(
          CompletableFuture.runAsync(
              () -> {
                CloudWatchLogsClient logs = Clients.overSocket(url, CloudWatchLogsClient.builder());
                for (int i = 0; i < 20; i++) {
                  String name = prefix + i;
                  logs.createLogGroup(r -> r.logGroupName(name));
                }
              }));
    }
    CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new)).join();
    assertThat(
            Clients.overSocket(url, CloudWatchLogsClient.builder())
                .describeLogGroupsPaginator()
                .logGroups()
                .stream())
        .hasSize(160);
    assertThat(endpoint.calls().count("logs:CreateLogGroup")).isEqualTo(160);
  }

  @Test
  void aPortInUseIsToldByName() {
    try (AwsEndpoint second = AwsEndpoint.builder().build()) {
      assertThatThrownBy(() -> second.start(url.getPort()))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("cannot listen on")
          .hasMessageContaining(String.valueOf(url.getPort()));
    }
  }

  @Test
  void nobodyReachesItFromOutside() throws Exception {
    List<InetAddress> outside =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress())
            .toList();
    for (InetAddress address : outside) {
      assertThatThrownBy(() -> new Socket(address, url.getPort()).close())
          .as(address.toString())
          .isInstanceOf(java.io.IOException.class);
    }
    assertThat(InetAddress.getByName(url.getHost()).isLoopbackAddress()).isTrue();
  }

  @Test
  void afterCloseThePortIsFree() {
    endpoint.close();
    try (AwsEndpoint next = AwsEndpoint.builder().build()) {
      assertThat(next.start(url.getPort())).isEqualTo(url);
    }
  }
}
