package dev.fargate.operator.aws.ec2;

import dev.fargate.operator.apply.Cloud.DefaultRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.RouteState;
import software.amazon.awssdk.services.ec2.model.RouteTable;

/**
 * Where the default routes of a VPC's subnets lead. A subnet without a table of its own has the
 * VPC's main one (EC2, "Subnet route tables").
 *
 * @param bySubnet of the subnets that have a table of their own
 * @param main of all others
 */
public record DefaultRoutes(Map<String, DefaultRoute> bySubnet, DefaultRoute main) {
  private static final String EVERYWHERE = "0.0.0.0/0";
  private static final String EVERYWHERE_IPV6 = "::/0";
  private static final String INTERNET_GATEWAY = "igw-";

  /** Reads all route tables of the VPC. */
  public static DefaultRoutes read(Ec2Client ec2, String vpcId) {
    Map<String, DefaultRoute> bySubnet = new TreeMap<>();
    List<DefaultRoute> main = new ArrayList<>();
    ec2.describeRouteTablesPaginator(
            request -> request.filters(Filter.builder().name("vpc-id").values(vpcId).build()))
        .routeTables()
        .forEach(
            table ->
                table
                    .associations()
                    .forEach(
                        association -> {
                          if (association.subnetId() != null) {
                            bySubnet.put(association.subnetId(), of(table));
                          } else if (Boolean.TRUE.equals(association.main())) {
                            main.add(of(table));
                          }
                        }));
    return new DefaultRoutes(bySubnet, main.isEmpty() ? DefaultRoute.NONE : main.get(0));
  }

  /** Of each of these subnets, whether they are of this VPC or not. */
  public Map<String, DefaultRoute> of(List<String> subnetIds) {
    Map<String, DefaultRoute> routes = new TreeMap<>();
    subnetIds.forEach(subnet -> routes.put(subnet, bySubnet.getOrDefault(subnet, main)));
    return routes;
  }

  private static DefaultRoute of(RouteTable table) {
    return leading(table, route -> EVERYWHERE.equals(route.destinationCidrBlock()))
        .or(() -> leading(table, route -> EVERYWHERE_IPV6.equals(route.destinationIpv6CidrBlock())))
        .map(
            route ->
                route.gatewayId() != null && route.gatewayId().startsWith(INTERNET_GATEWAY)
                    ? DefaultRoute.INTERNET_GATEWAY
                    : DefaultRoute.OTHER)
        .orElse(DefaultRoute.NONE);
  }

  /** A blackhole's target is gone: it leads nowhere. */
  private static Optional<Route> leading(RouteTable table, Predicate<Route> destination) {
    return table.routes().stream()
        .filter(route -> route.state() != RouteState.BLACKHOLE)
        .filter(destination)
        .findFirst();
  }
}
