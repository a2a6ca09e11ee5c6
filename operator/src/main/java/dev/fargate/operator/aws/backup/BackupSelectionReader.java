package dev.fargate.operator.aws.backup;

import dev.fargate.operator.aws.reading.Reader;
import dev.fargate.operator.aws.reading.Seen;
import dev.fargate.operator.stack.BackupSelection;
import dev.fargate.operator.stack.Kind;
import dev.fargate.operator.stack.Output;
import dev.fargate.operator.stack.Owner;
import dev.fargate.operator.stack.Value;
import dev.fargate.operator.stack.build.DatabaseBackup;
import dev.fargate.operator.stack.build.Ids;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.backup.BackupClient;
import software.amazon.awssdk.services.backup.model.BackupSelectionsListMember;
import software.amazon.awssdk.services.backup.model.ResourceNotFoundException;

/**
 * The selections of our plans. AWS cannot tag them: one is ours when it is in a plan of ours and
 * has the name that we would give it; what somebody else adds is left alone.
 */
public final class BackupSelectionReader implements Reader {
  /** AWS's largest page. */
  private static final int PAGE = 1000;

  private final BackupClient backup;
  private final String ownerId;
  private final Kept<List<BackupSelectionsListMember>> lists;

  /** By id; AWS changes none. */
  private final Map<String, List<String>> resources = new HashMap<>();

  public BackupSelectionReader(BackupClient backup, String ownerId, Clock clock) {
    this.backup = backup;
    this.ownerId = ownerId;
    this.lists = new Kept<>(clock, this::list, any -> true);
  }

  @Override
  public Kind kind() {
    return Kind.BACKUP_SELECTION;
  }

  @Override
  public synchronized Part sweep(Known known) {
    Map<String, Owner> plans = plans(known);
    lists.sweep(plans.keySet());
    List<Seen> seen = seen(plans);
    resources.keySet().retainAll(seen.stream().map(Seen::key).toList());
    return Part.all(seen);
  }

  @Override
  public synchronized Part read(Need need) {
    Set<String> asked = new TreeSet<>();
    need.wanted()
        .forEach(
            wanted -> {
              if (((BackupSelection) wanted).planId() instanceof Value.Known id) {
                asked.add(id.value());
              }
            });
    need.there().forEach(there -> asked.add(planOf(there.actual())));
    asked.forEach(lists::forget);
    Map<String, Owner> plans = plans(need.known());
    plans.keySet().retainAll(asked);
    return new Part(seen -> asked.contains(planOf(seen.actual())), seen(plans));
  }

  private static String planOf(dev.fargate.operator.stack.Resource selection) {
    return ((BackupSelection) selection).planId().toString();
  }

  @Override
  public synchronized void forget(String key) {
    // Its plan is not known by its own id alone.
    lists.sweep(Set.of());
  }

  /** Our plans, each with its owner, by id. */
  private Map<String, Owner> plans(Known known) {
    Map<String, Owner> plans = new HashMap<>();
    for (Seen plan : known.of(Kind.BACKUP_PLAN)) {
      String reference = plan.ownerReference(ownerId);
      if (reference != null) {
        plans.put(plan.key(), Owner.parse(ownerId, reference));
      }
    }
    return plans;
  }

  private List<Seen> seen(Map<String, Owner> plans) {
    List<Seen> seen = new ArrayList<>();
    plans.forEach(
        (plan, owner) -> {
          for (BackupSelectionsListMember selection : lists.get(plan)) {
            String role = selection.iamRoleArn();
            if (selection.selectionName().equals(DatabaseBackup.selectionName(owner, role))) {
              seen.add(seen(owner, plan, selection));
            }
          }
        });
    return seen;
  }

  private Seen seen(Owner owner, String plan, BackupSelectionsListMember selection) {
    return Seen.active(
        selection.selectionId(),
        new BackupSelection(
            Ids.BACKUP_SELECTION,
            selection.selectionName(),
            Value.known(plan),
            selection.iamRoleArn(),
            Value.known(String.join(" ", resources(plan, selection.selectionId())))),
        Map.of(Output.ID, selection.selectionId()),
        Seen.ownershipTags(owner, Ids.BACKUP_SELECTION));
  }

  private List<BackupSelectionsListMember> list(String plan) {
    List<BackupSelectionsListMember> found = new ArrayList<>();
    try {
      backup
          .listBackupSelectionsPaginator(request -> request.backupPlanId(plan).maxResults(PAGE))
          .backupSelectionsList()
          .forEach(found::add);
    } catch (ResourceNotFoundException gone) {
      // It had to be without any.
    }
    return found;
  }

  private List<String> resources(String plan, String selection) {
    List<String> known = resources.get(selection);
    if (known != null) {
      return known;
    }
    try {
      List<String> read =
          backup
              .getBackupSelection(request -> request.backupPlanId(plan).selectionId(selection))
              .backupSelection()
              .resources();
      resources.put(selection, read);
      return read;
    } catch (ResourceNotFoundException gone) {
      return List.of();
    }
  }
}
