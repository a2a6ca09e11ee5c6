package dev.fargate.local.kube.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fargate.local.kube.read.Gate;
import dev.fargate.local.kube.record.Call;
import dev.fargate.local.kube.resource.Target;
import dev.fargate.local.kube.wire.StatusError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What is made to go wrong, for tests. Nothing goes wrong until told. Thread-safe. */
public final class Faults implements Gate {
  /** Stands for the number of calls to let through first: fail all. */
  private static final int EVERY = -1;

  private final Runnable wakeWatches;
  private final List<CallFault> callFaults = new ArrayList<>();
  private final List<WatchFault> watchFaults = new ArrayList<>();
  private Predicate<Target> held = target -> false;

  /**
   * No faults yet.
   *
   * @param wakeWatches makes waiting watches look again
   */
  public Faults(Runnable wakeWatches) {
    this.wakeWatches = wakeWatches;
  }

  private static final class CallFault {
    private final Predicate<Call> which;
    private final StatusError error;
    private final boolean afterEffect;
    private int before;

    CallFault(Predicate<Call> which, int before, StatusError error, boolean afterEffect) {
      this.which = which;
      this.before = before;
      this.error = error;
      this.afterEffect = afterEffect;
    }
  }

  private static final class WatchFault {
    private final Predicate<Target> which;
    private final Fate fate;

    WatchFault(Predicate<Target> which, Fate fate) {
      this.which = which;
      this.fate = fate;
    }
  }

  /** Answers the n-th matching call from now (1 = the next) with an error; it has no effect. */
  public synchronized void failCall(int n, Predicate<Call> which, StatusError error) {
    callFaults.add(new CallFault(which, n - 1, error, false));
  }

  /** Answers every matching call with an error, until {@link #clear}; none has an effect. */
  public synchronized void failCalls(Predicate<Call> which, StatusError error) {
    callFaults.add(new CallFault(which, EVERY, error, false));
  }

  /** Lets the n-th matching call from now take effect, but answers with an error: a lost answer. */
  public synchronized void loseAnswer(int n, Predicate<Call> which, StatusError error) {
    callFaults.add(new CallFault(which, n - 1, error, true));
  }

  /** Stops the events of matching watches until {@link #release}: the watcher's view grows old. */
  public synchronized void holdWatches(Predicate<Target> which) {
    held = which;
  }

  /** Lets the events flow again, in order, none lost. */
  public void release() {
    synchronized (this) {
      held = target -> false;
    }
    wakeWatches.run();
  }

  /** Swallows the next event of a matching watch. */
  public void dropNextEvent(Predicate<Target> which) {
    add(new WatchFault(which, Fate.DROP));
  }

  /** Ends the connection of the next matching watch that has an event. */
  public void cutNextWatch(Predicate<Target> which) {
    add(new WatchFault(which, Fate.CUT));
  }

  /** Ends the next matching watch that has an event with 410. */
  public void expireNextWatch(Predicate<Target> which) {
    add(new WatchFault(which, Fate.EXPIRE));
  }

  /** Forgets every fault that has not happened yet. */
  public void clear() {
    synchronized (this) {
      callFaults.clear();
      watchFaults.clear();
    }
    release();
  }

  /**
   * Called before a call is carried out.
   *
   * @throws StatusError the injected error, if one is due without effect
   * @return the error to answer with after the effect, or null
   */
  public synchronized StatusError before(Call call) {
    for (CallFault fault : callFaults) {
      if (!fault.which.test(call)) {
        continue;
      }
      if (fault.before == EVERY) {
        throw fault.error;
      }
      if (fault.before-- == 0) {
        callFaults.remove(fault);
        if (fault.afterEffect) {
          return fault.error;
        }
        throw fault.error;
      }
    }
    return null;
  }

  @Override
  public synchronized Fate fate(Target target, ObjectNode event) {
    if (held.test(target)) {
      return Fate.HOLD;
    }
    for (WatchFault fault : watchFaults) {
      if (fault.which.test(target)) {
        watchFaults.remove(fault);
        return fault.fate;
      }
    }
    return Fate.DELIVER;
  }

  private synchronized void add(WatchFault fault) {
    watchFaults.add(fault);
  }
}
