package dev.fargate.operator.aws.ec2;

import dev.fargate.operator.aws.reading.Batches;
import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Ownership;
import dev.fargate.operator.stack.SecurityGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;

/** The security groups with our owner tag; a narrow read also sees those with a wanted name. */
public final class SecurityGroupReader implements Reader {
  /** AWS's largest page. */
  private static final int PAGE = 1000;

  /** AWS takes 200 values per filter; half of it keeps the request short. */
  private static final int FILTER_VALUES = 100;

  private final Ec2Client ec2;
  private final String ownerId;

  public SecurityGroupReader(Ec2Client ec2, String ownerId) {
    this.ec2 = ec2;
    this.ownerId = ownerId;
  }

  @Override
  public Kind kind() {
    return Kind.SECURITY_GROUP;
  }

  @Override
  public Part sweep(Known known) {
    return new Part(
        seen -> ownerId.equals(seen.tags().get(Ownership.OWNER_ID)),
        describe(Ec2Tags.filter("tag:" + Ownership.OWNER_ID, ownerId)));
  }

  @Override
  public Part read(Need need) {
    Set<String> names = new TreeSet<>();
    need.wanted().forEach(wanted -> names.add(((SecurityGroup) wanted).name()));
    need.there().forEach(there -> names.add(((SecurityGroup) there.actual()).name()));
    List<Seen> found = new ArrayList<>();
    for (List<String> batch : Batches.of(names, FILTER_VALUES)) {
      found.addAll(describe(Ec2Tags.filter("group-name", batch.toArray(String[]::new))));
    }
    return new Part(seen -> names.contains(((SecurityGroup) seen.actual()).name()), found);
  }

  private List<Seen> describe(Filter filter) {
    List<Seen> found = new ArrayList<>();
    ec2.describeSecurityGroupsPaginator(request -> request.filters(filter).maxResults(PAGE))
        .securityGroups()
        .forEach(group -> found.add(seen(group)));
    return found;
  }

  private static Seen seen(software.amazon.awssdk.services.ec2.model.SecurityGroup group) {
    Map<String, String> tags = Ec2Tags.map(group.tags());
    return Seen.active(
        group.groupId(),
        new SecurityGroup(
            Seen.id(Kind.SECURITY_GROUP, tags),
            group.groupName(),
            group.description(),
            group.vpcId()),
        Map.of(Output.ID, group.groupId(), Output.NAME, group.groupName()),
        tags);
  }
}
