package dev.fargate.operator.campaign;

import java.util.Locale;

/** What may happen at a call or an event. */
enum FaultKind {
  /** The process ends before the call leaves it. */
  KILLED_BEFORE,
  /** The call takes effect, and the process ends before it hears the answer. */
  KILLED_AFTER_EFFECT,
  /** The process ends once it has heard the answer, before anything else of it gets out. */
  KILLED_AFTER_ANSWER,
  /** As killed after the effect; the next process' first lists are older than what was written. */
  KILLED_OLD_LIST,
  /** The process stops before the call, another leads, then it goes on with the call. */
  FROZEN_BEFORE,
  /** The process stops after the effect, another leads, then it goes on. */
  FROZEN_AFTER_EFFECT,
  THROTTLED,
  SERVER_ERROR,
  /** Every attempt of the call takes effect, and no answer arrives. */
  TIMEOUT_AFTER_EFFECT,
  /** No attempt of the call arrives. */
  CONNECTION_RESET,
  /** The operation is denied for a while. */
  ACCESS_DENIED,
  /** What the call has created is not to be found for a while. */
  NOT_FOUND_AFTER_CREATE,
  /** The answer comes in two pages. */
  PARTIAL_PAGE,
  /** The answer comes again as its own second page. */
  REPEATED_PAGE,
  /** The same questions are answered as the last time, for a while. */
  STALE_READ,
  /** A person sets another number of tasks just before the call. */
  PERSON_SCALES,
  /** A person deletes the newest listener rule just before the call. */
  PERSON_DELETES_RULE,
  /** A person deletes the log groups just before the call. */
  PERSON_DELETES_LOGS,
  /** A GitOps tool applies everything again every twenty seconds, for ten minutes. */
  SYNC_LOOP,
  /** Kubernetes answers that the object has changed meanwhile. */
  CONFLICT,
  /** This event and those of its kind after it come much later. */
  HELD,
  /** Events of other kinds overtake this one. */
  SWAPPED,
  /** The watch breaks here, and goes on later where it was. */
  CUT,
  /** The watch breaks here, and what was missed comes as one list: 410. */
  EXPIRED;

  /** As in a replay line. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether somebody else makes or removes things, so that their number tells nothing. */
  boolean isPerson() {
    return name().startsWith("PERSON");
  }

  /** Whether the same answer comes in another form, which nobody may notice. */
  boolean isPages() {
    return this == PARTIAL_PAGE || this == REPEATED_PAGE;
  }

  static FaultKind of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
