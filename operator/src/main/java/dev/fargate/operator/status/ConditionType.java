package dev.fargate.operator.status;

/** The condition types of API.md. */
public enum ConditionType {
  READY("Ready"),
  /** Present only while True. */
  RECONCILING("Reconciling"),
  /** Present only while True; never together with Reconciling. */
  STALLED("Stalled"),
  SYNCED("Synced"),
  ROLLOUT_HEALTHY("RolloutHealthy"),
  TARGETS_HEALTHY("TargetsHealthy"),
  DNS_READY("DnsReady"),
  SCALING_ACTIVE("ScalingActive"),
  /** Says nothing of readiness: an alarm may be raised while all is in place. */
  ALARMS_QUIET("AlarmsQuiet"),
  /** Of databases with backup; says nothing of readiness. */
  BACKUP_HEALTHY("BackupHealthy"),
  /** Of environments; says nothing of readiness. */
  PREREQUISITES_MET("PrerequisitesMet"),
  REFERENCES_RESOLVED("ReferencesResolved"),
  CONFLICT("Conflict");

  private final String text;

  ConditionType(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
