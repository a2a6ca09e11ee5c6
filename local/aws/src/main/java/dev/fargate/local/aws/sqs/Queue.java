package dev.fargate.local.aws.sqs;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A standard queue, in the order of sending. */
final class Queue {
  /** AWS's defaults: half a minute, and four days. */
  static final int VISIBILITY_SECONDS = 30;

  static final int RETENTION_SECONDS = 345_600;

  /** Nobody reads more of it; the oldest go first. */
  private static final int KEPT = 1_000;

  final String name;
  final String arn;
  final String url;
  final Instant created;
  private final Deque<Message> messages = new ArrayDeque<>();

  Queue(String name, String arn, String url, Instant created) {
    this.name = name;
    this.arn = arn;
    this.url = url;
    this.created = created;
  }

  /** One message, and until when its receiver has it for itself. */
  static final class Message {
    final String id;
    final String body;
    final Instant sent;
    String receipt;
    Instant hiddenUntil;
    int received;

    Message(String id, String body, Instant sent) {
      this.id = id;
      this.body = body;
      this.sent = sent;
      this.hiddenUntil = sent;
    }
  }

  void add(Message message) {
    messages.addLast(message);
    if (messages.size() > KEPT) {
      messages.removeFirst();
    }
  }

  /** Hands out what nobody has. */
  List<Message> receive(int most, int visibilitySeconds, Instant now) {
    expire(now);
    List<Message> found = new ArrayList<>();
    for (Message message : messages) {
      if (found.size() < most && !message.hiddenUntil.isAfter(now)) {
        message.received++;
        message.receipt = message.id + "#" + message.received;
        message.hiddenUntil = now.plusSeconds(visibilitySeconds);
        found.add(message);
      }
    }
    return found;
  }

  /** Whether there was one of this receipt. */
  boolean delete(String receipt) {
    return messages.removeIf(message -> receipt.equals(message.receipt));
  }

  void purge() {
    messages.clear();
  }

  int visible(Instant now) {
    expire(now);
    return (int) messages.stream().filter(each -> !each.hiddenUntil.isAfter(now)).count();
  }

  int inFlight(Instant now) {
    return messages.size() - visible(now);
  }

  private void expire(Instant now) {
    messages.removeIf(each -> each.sent.plusSeconds(RETENTION_SECONDS).isBefore(now));
  }
}
