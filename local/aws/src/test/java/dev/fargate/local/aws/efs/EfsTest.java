package dev.fargate.local.aws.efs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fargate.local.aws.AwsEndpoint;
import dev.fargate.local.aws.Clients;
import dev.fargate.local.aws.WorldSeed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.efs.EfsClient;
import software.amazon.awssdk.services.efs.model.AccessPointAlreadyExistsException;
import software.amazon.awssdk.services.efs.model.AccessPointDescription;
import software.amazon.awssdk.services.efs.model.FileSystemAlreadyExistsException;
import software.amazon.awssdk.services.efs.model.FileSystemDescription;
import software.amazon.awssdk.services.efs.model.FileSystemInUseException;
import software.amazon.awssdk.services.efs.model.FileSystemNotFoundException;
import software.amazon.awssdk.services.efs.model.IncorrectFileSystemLifeCycleStateException;
import software.amazon.awssdk.services.efs.model.MountTargetConflictException;
import software.amazon.awssdk.services.efs.model.MountTargetDescription;
import software.amazon.awssdk.services.efs.model.Tag;

/** EFS by the real SDK's client, in virtual time. */
class EfsTest {
  private final AwsEndpoint aws =
      AwsEndpoint.builder().virtualTime(Instant.parse("2026-11-21T00:00:00Z")).build();
  private final EfsClient efs = Clients.inThread(aws, EfsClient.builder());
  private final List<WorldSeed.Subnet> subnets = aws.world().subnets();

  @AfterEach
  void close() {
    aws.close();
  }

  private void pass(int seconds) {
    aws.clock().advance(Duration.ofSeconds(seconds));
  }

  private String fileSystem(String token) {
    String id = efs.createFileSystem(r -> r.creationToken(token).encrypted(true)).fileSystemId();
    pass(10);
    return id;
  }

  private FileSystemDescription described(String id) {
    return efs.describeFileSystems(r -> r.fileSystemId(id)).fileSystems().get(0);
  }

  private String mountTarget(String fileSystem, WorldSeed.Subnet subnet) {
    return efs.createMountTarget(r -> r.fileSystemId(fileSystem).subnetId(subnet.id()))
        .mountTargetId();
  }

  @Test
  void aRepeatedTokenNamesTheOneThatIsThere() {
    String id = fileSystem("mine");
    assertThatThrownBy(() -> efs.createFileSystem(r -> r.creationToken("mine")))
        .isInstanceOfSatisfying(
            FileSystemAlreadyExistsException.class,
            exists -> {
              assertThat(exists.fileSystemId()).isEqualTo(id);
              assertThat(exists.statusCode()).isEqualTo(409);
            });
    assertThat(efs.describeFileSystems(r -> r.creationToken("mine")).fileSystems()).hasSize(1);
    assertThat(efs.describeFileSystems(r -> r.creationToken("other")).fileSystems()).isEmpty();
  }

  @Test
  void aFileSystemTakesTimeToComeAndMountTargetsNeedIt() {
    String id = efs.createFileSystem(r -> r.creationToken("mine")).fileSystemId();
    assertThat(described(id).lifeCycleStateAsString()).isEqualTo("creating");
    assertThatThrownBy(() -> mountTarget(id, subnets.get(0)))
        .isInstanceOf(IncorrectFileSystemLifeCycleStateException.class);
    pass(10);
    assertThat(described(id).lifeCycleStateAsString()).isEqualTo("available");
    mountTarget(id, subnets.get(0));
    pass(30);
    MountTargetDescription target =
        efs.describeMountTargets(r -> r.fileSystemId(id)).mountTargets().get(0);
    assertThat(target.lifeCycleStateAsString()).isEqualTo("creating");
    assertThat(target.availabilityZoneName()).isEqualTo(subnets.get(0).availabilityZone());
    assertThat(described(id).numberOfMountTargets()).isEqualTo(1);
  }

  @Test
  void aZoneHasOneMountTarget() {
    String id = fileSystem("mine");
    mountTarget(id, subnets.get(0));
    WorldSeed.Subnet same =
        subnets.stream()
            .filter(s -> s.availabilityZone().equals(subnets.get(0).availabilityZone()))
            .filter(s -> !s.id().equals(subnets.get(0).id()))
            .findFirst()
            .orElse(subnets.get(0));
    assertThatThrownBy(() -> mountTarget(id, same))
        .isInstanceOf(MountTargetConflictException.class);
  }

  @Test
  void whatIsMountedCannotBeDeletedAndAMountTargetHoldsItsGroupUntilItIsGone() {
    Ec2Client ec2 = Clients.inThread(aws, Ec2Client.builder());
    String vpc = subnets.get(0).vpcId();
    String group =
        ec2.createSecurityGroup(r -> r.groupName("nfs").description("nfs").vpcId(vpc)).groupId();
    String id = fileSystem("mine");
    String target =
        efs.createMountTarget(
                r -> r.fileSystemId(id).subnetId(subnets.get(0).id()).securityGroups(group))
            .mountTargetId();
    pass(100);
    assertThatThrownBy(() -> efs.deleteFileSystem(r -> r.fileSystemId(id)))
        .isInstanceOf(FileSystemInUseException.class);
    efs.deleteMountTarget(r -> r.mountTargetId(target));
    assertThatThrownBy(() -> efs.deleteFileSystem(r -> r.fileSystemId(id)))
        .isInstanceOf(FileSystemInUseException.class);
    assertThatThrownBy(() -> ec2.deleteSecurityGroup(r -> r.groupId(group)))
        .hasMessageContaining("dependent object");
    pass(40);
    ec2.deleteSecurityGroup(r -> r.groupId(group));
    efs.deleteFileSystem(r -> r.fileSystemId(id));
    assertThat(described(id).lifeCycleStateAsString()).isEqualTo("deleting");
    pass(10);
    assertThatThrownBy(() -> described(id)).isInstanceOf(FileSystemNotFoundException.class);
  }

  @Test
  void anAccessPointKeepsItsOwnerAndDirectoryAndIsFoundByItsToken() {
    String id = fileSystem("mine");
    String point = accessPoint(id, "way");
    AccessPointDescription there =
        efs.describeAccessPoints(r -> r.fileSystemId(id)).accessPoints().get(0);
    assertThat(there.accessPointId()).isEqualTo(point);
    assertThat(there.posixUser().uid()).isEqualTo(999);
    assertThat(there.rootDirectory().path()).isEqualTo("/db");
    assertThat(there.rootDirectory().creationInfo().permissions()).isEqualTo("0700");
    assertThatThrownBy(() -> accessPoint(id, "way"))
        .isInstanceOfSatisfying(
            AccessPointAlreadyExistsException.class,
            exists -> assertThat(exists.accessPointId()).isEqualTo(point));
  }

  private String accessPoint(String fileSystem, String token) {
    return efs.createAccessPoint(
            r ->
                r.clientToken(token)
                    .fileSystemId(fileSystem)
                    .posixUser(user -> user.uid(999L).gid(999L))
                    .rootDirectory(
                        root ->
                            root.path("/db")
                                .creationInfo(
                                    info ->
                                        info.ownerUid(999L).ownerGid(999L).permissions("0700"))))
        .accessPointId();
  }

  @Test
  void listsComeInPagesAndTagsChange() {
    List<String> ids = List.of(fileSystem("a"), fileSystem("b"), fileSystem("c"));
    assertThat(efs.describeFileSystems(r -> r.maxItems(2)).fileSystems()).hasSize(2);
    assertThat(efs.describeFileSystemsPaginator(r -> r.maxItems(2)).fileSystems())
        .extracting(FileSystemDescription::fileSystemId)
        .containsExactlyElementsOf(ids);
    ids.forEach(id -> accessPoint(id, "of " + id));
    assertThat(efs.describeAccessPointsPaginator(r -> r.maxResults(2)).accessPoints()).hasSize(3);

    efs.tagResource(r -> r.resourceId(ids.get(0)).tags(tag("team", "web"), tag("Name", "data")));
    efs.untagResource(r -> r.resourceId(ids.get(0)).tagKeys("team"));
    assertThat(described(ids.get(0)).tags()).containsExactly(tag("Name", "data"));
    assertThat(described(ids.get(0)).name()).isEqualTo("data");
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  @Test
  void filesReallyLieInAFolderThatGoesWithTheFileSystem() throws Exception {
    String id = fileSystem("mine");
    Path folder = aws.fileSystems().folder(id);
    Files.writeString(folder.resolve("note"), "twelve bytes");
    assertThat(described(id).sizeInBytes().value()).isEqualTo(12);
    efs.deleteFileSystem(r -> r.fileSystemId(id));
    pass(10);
    assertThat(folder).doesNotExist();
  }

  @Test
  void whatIsNotThereIsRefusedAndNotSilentlyAccepted() {
    assertThatThrownBy(
            () ->
                efs.createFileSystem(
                    r ->
                        r.creationToken("one zone")
                            .availabilityZoneName(subnets.get(0).availabilityZone())))
        .hasMessageContaining("AvailabilityZoneName is not supported by the local endpoint");
    assertThatThrownBy(
            () -> efs.createFileSystem(r -> r.creationToken("x").throughputMode("provisioned")))
        .hasMessageContaining("provisioned");
  }
}
