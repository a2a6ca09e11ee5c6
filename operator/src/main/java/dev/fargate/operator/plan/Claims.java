package dev.fargate.operator.plan;

import dev.fargate.operator.plan.Observed.RuleSlot;
import dev.fargate.operator.stack.ListenerRule;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who may have which host and path of a listener (decision 11). An index over all apps: each claim
 * with everybody who makes it. Its holder is who holds the live rule in AWS, else the older custom
 * resource, else the first by name. Immutable.
 */
public final class Claims {
  private static final Claims NONE = new Claims(Map.of());

  /** Who may not have it anyway stands behind everybody who may. */
  private static final Comparator<Contender> BY_AGE =
      Comparator.comparing(Contender::refused)
          .thenComparing(Contender::since)
          .thenComparing(Contender::owner);

  private final Map<Claim, List<Contender>> contenders;

  private Claims(Map<Claim, List<Contender>> contenders) {
    this.contenders = contenders;
  }

  /** One host and path of a listener; {@code *} and {@code /*} stand for all. */
  public record Claim(String listenerArn, String host, String path) {
    @Override
    public String toString() {
      return host + path;
    }
  }

  /**
   * @param owner {@code FargateApp/ns/name}, as {@code Owner.reference()}
   * @param since when the custom resource was created
   * @param refused its environment does not let it have what it asks for, or nobody could: it gets
   *     no rule, so nobody has to wait for it
   */
  public record Contender(String owner, Instant since, boolean refused) {
    /** One that may have what it asks for. */
    public Contender(String owner, Instant since) {
      this(owner, since, false);
    }
  }

  /**
   * Somebody else who holds a claim.
   *
   * @param name a custom resource, or the ARN of a rule that is none of ours
   * @param leaving its spec claims this no more, so its rule is on its way out
   */
  public record Holder(Claim claim, String name, boolean leaving) {}

  /** Nobody claims anything: only live rules count. */
  public static Claims none() {
    return NONE;
  }

  public static Claims of(Map<Claim, ? extends Collection<Contender>> contenders) {
    Map<Claim, List<Contender>> sorted = new LinkedHashMap<>();
    contenders.forEach((claim, who) -> sorted.put(claim, who.stream().sorted(BY_AGE).toList()));
    return new Claims(sorted);
  }

  /** Everything a rule claims: each host with each path. */
  public static Set<Claim> of(String listenerArn, Set<String> hosts, Set<String> paths) {
    SortedSet<Claim> claims =
        new TreeSet<>(Comparator.comparing(Claim::host).thenComparing(Claim::path));
    for (String host : hosts.isEmpty() ? Set.of("*") : hosts) {
      for (String path : paths.isEmpty() ? Set.of("/*") : paths) {
        // AWS compares hosts without case, paths with it; "*" and "/*" take the same paths.
        String allPaths = path.equals("*") ? "/*" : path;
        claims.add(new Claim(listenerArn, host.toLowerCase(Locale.ROOT), allPaths));
      }
    }
    return claims;
  }

  /**
   * Who stands in the way of a wanted rule; empty when every claim of it is its owner's to have.
   *
   * @param self the owner of the wanted rule
   * @param listenerArn of the wanted rule, resolved
   * @param live all rules of that listener
   */
  public Optional<Holder> inTheWay(
      String self, String listenerArn, ListenerRule wanted, Collection<RuleSlot> live) {
    return of(listenerArn, wanted.hosts(), wanted.paths()).stream()
        .flatMap(claim -> inTheWay(self, claim, live).stream())
        .findFirst();
  }

  private Optional<Holder> inTheWay(String self, Claim claim, Collection<RuleSlot> live) {
    List<Contender> who = contenders.getOrDefault(claim, List.of());
    Optional<RuleSlot> holder =
        live.stream()
            .filter(slot -> of(slot.listenerArn(), slot.hosts(), slot.paths()).contains(claim))
            .min(Comparator.comparingInt(RuleSlot::priority));
    if (holder.isPresent()) {
      String owner = holder.get().ownerReference();
      if (owner == null) {
        return Optional.of(new Holder(claim, holder.get().ruleArn(), false));
      }
      boolean leaving = !who.isEmpty() && who.stream().noneMatch(c -> c.owner().equals(owner));
      return owner.equals(self) ? Optional.empty() : Optional.of(new Holder(claim, owner, leaving));
    }
    return who.isEmpty() || who.get(0).owner().equals(self)
        ? Optional.empty()
        : Optional.of(new Holder(claim, who.get(0).owner(), false));
  }
}
