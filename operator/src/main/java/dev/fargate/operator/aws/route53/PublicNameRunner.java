package dev.fargate.operator.aws.route53;

import dev.fargate.operator.apply.Runner;
import dev.fargate.operator.plan.Action;
import dev.fargate.operator.plan.ObservedResource;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.PublicName;
import dev.fargate.operator.stack.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import software.amazon.awssdk.services.route53.Route53Client;
import software.amazon.awssdk.services.route53.model.Change;
import software.amazon.awssdk.services.route53.model.ChangeAction;
import software.amazon.awssdk.services.route53.model.InvalidChangeBatchException;
import software.amazon.awssdk.services.route53.model.RRType;
import software.amazon.awssdk.services.route53.model.ResourceRecord;
import software.amazon.awssdk.services.route53.model.ResourceRecordSet;

/**
 * Names and their text records, in one change batch each: Route 53 does all of a batch or nothing,
 * so a name without its owner's mark never exists. A name of others is never written over: what is
 * new is CREATEd, which fails where there is one; what is changed is bound to our mark in the
 * batch.
 */
public final class PublicNameRunner implements Runner {
  /** Seconds; only we read it. */
  private static final long TEXT_TTL = 300;

  private final Route53Client route53;
  private final PublicNameReader reader;
  private final PendingChanges pending;

  public PublicNameRunner(Route53Client route53, PublicNameReader reader, PendingChanges pending) {
    this.route53 = route53;
    this.reader = reader;
    this.pending = pending;
  }

  @Override
  public Kind kind() {
    return Kind.PUBLIC_NAME;
  }

  @Override
  public Map<Output, String> create(Owner owner, Resource desired, SortedMap<String, String> tags) {
    PublicName name = (PublicName) desired;
    try {
      change(
          name,
          List.of(
              change(ChangeAction.CREATE, alias(name)),
              change(ChangeAction.CREATE, text(owner, name))));
    } catch (InvalidChangeBatchException refused) {
      // Ours after a lost answer, or another's: only a look tells.
      if (!isThere(owner, name)) {
        throw refused;
      }
    }
    return outputs(name);
  }

  private boolean isThere(Owner owner, PublicName name) {
    String mark = Registry.text(owner);
    return route53
        .listResourceRecordSets(
            request ->
                request
                    .hostedZoneId(name.hostedZoneId())
                    .startRecordName(Registry.name(name.host()))
                    .startRecordType(RRType.TXT)
                    .maxItems("1"))
        .resourceRecordSets()
        .stream()
        .filter(set -> set.name().equals(Registry.name(name.host()) + "."))
        .anyMatch(
            set -> set.resourceRecords().stream().anyMatch(text -> text.value().equals(mark)));
  }

  /** The mark goes and comes in the same batch: it is carried out only while the name is ours. */
  @Override
  public Map<Output, String> update(Owner owner, Action action, Resource desired) {
    PublicName name = (PublicName) desired;
    List<Change> changes = new ArrayList<>();
    for (ResourceRecordSet there : reader.exact((PublicName) action.observed().actual())) {
      changes.add(change(ChangeAction.DELETE, there));
    }
    changes.add(change(ChangeAction.CREATE, alias(name)));
    changes.add(change(ChangeAction.CREATE, text(owner, name)));
    change(name, changes);
    return outputs(name);
  }

  @Override
  public void delete(Owner owner, ObservedResource observed) {
    PublicName name = (PublicName) observed.actual();
    List<Change> changes =
        reader.exact(name).stream().map(set -> change(ChangeAction.DELETE, set)).toList();
    if (!changes.isEmpty()) {
      change(name, changes);
    }
    pending.forget(PublicNameReader.key(name));
  }

  private void change(PublicName name, List<Change> changes) {
    String id =
        route53
            .changeResourceRecordSets(
                request ->
                    request
                        .hostedZoneId(name.hostedZoneId())
                        .changeBatch(batch -> batch.changes(changes)))
            .changeInfo()
            .id();
    pending.add(PublicNameReader.key(name), id);
  }

  private static Change change(ChangeAction action, ResourceRecordSet set) {
    return Change.builder().action(action).resourceRecordSet(set).build();
  }

  private static ResourceRecordSet alias(PublicName name) {
    return ResourceRecordSet.builder()
        .name(name.host())
        .type(RRType.A)
        .aliasTarget(
            target ->
                target
                    .hostedZoneId(name.targetZoneId())
                    .dnsName(name.targetDnsName())
                    // Without other records to fall back to, a check could only take the name away.
                    .evaluateTargetHealth(false))
        .build();
  }

  private static ResourceRecordSet text(Owner owner, PublicName name) {
    return ResourceRecordSet.builder()
        .name(Registry.name(name.host()))
        .type(RRType.TXT)
        .ttl(TEXT_TTL)
        .resourceRecords(ResourceRecord.builder().value(Registry.text(owner)).build())
        .build();
  }

  private static Map<Output, String> outputs(PublicName name) {
    return Map.of(Output.NAME, name.host());
  }
}
