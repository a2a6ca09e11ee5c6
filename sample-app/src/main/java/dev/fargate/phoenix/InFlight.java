package dev.fargate.phoenix;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.Request;

/**
 * The requests begun and not yet wholly answered, down to the last byte of the answer; counting in
 * a handler would end before the answer is sent. Also the only place that knows when a crash may
 * begin.
 */
final class InFlight implements HttpChannel.Listener {
  private final Set<Request> requests = ConcurrentHashMap.newKeySet();
  private final Crash crash;

  InFlight(Crash crash) {
    this.crash = crash;
  }

  @Override
  public void onRequestBegin(Request request) {
    requests.add(request);
  }

  @Override
  public void onComplete(Request request) {
    requests.remove(request);
    if (request.getAttribute(Endpoints.CRASH_ATTRIBUTE) != null) {
      crash.begin();
    }
  }

  boolean isEmpty() {
    return requests.isEmpty();
  }
}
