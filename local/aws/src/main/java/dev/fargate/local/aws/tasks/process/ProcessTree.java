package dev.fargate.local.aws.tasks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a container's process and all its descendants use. */
final class ProcessTree {
  private final ProcessHandle root;
  private Map<Long, Duration> cpuBefore = new HashMap<>();

  /**
   * @param wrapper the shell around the container
   */
  ProcessTree(Process wrapper) {
    this.root = wrapper.toHandle();
  }

  List<ProcessHandle> members() {
    return root.descendants().toList();
  }

  /** CPU time used since the last look, by all that live now. */
  Duration cpuSinceLastLook(List<ProcessHandle> members) {
    Map<Long, Duration> now = new HashMap<>();
    Duration used = Duration.ZERO;
    for (ProcessHandle member : members) {
      Duration total = member.info().totalCpuDuration().orElse(Duration.ZERO);
      Duration before = cpuBefore.getOrDefault(member.pid(), Duration.ZERO);
      now.put(member.pid(), total);
      used = total.compareTo(before) > 0 ? used.plus(total.minus(before)) : used;
    }
    cpuBefore = now;
    return used;
  }

  /** Memory that belongs to the processes alone (files mapped by many do not count), in bytes. */
  static long memory(List<ProcessHandle> members) {
    return members.stream().mapToLong(member -> memory(member.pid())).sum();
  }

  private static long memory(long pid) {
    Path status = Path.of("/proc", String.valueOf(pid), "status");
    try {
      long kibibytes = 0;
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith("RssAnon:") || line.startsWith("RssShmem:")) {
          kibibytes += Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
      return kibibytes * 1024;
    } catch (IOException e) {
      return Files.isDirectory(Path.of("/proc/self")) ? 0 : residentByPs(pid);
    }
  }

  /** Where there is no /proc (macOS): all that is resident. */
  private static long residentByPs(long pid) {
    try {
      Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", String.valueOf(pid)).start();
      String answer = new String(ps.getInputStream().readAllBytes()).trim();
      ps.waitFor(1, TimeUnit.SECONDS);
      return answer.matches("[0-9]+") ? Long.parseLong(answer) * 1024 : 0;
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
