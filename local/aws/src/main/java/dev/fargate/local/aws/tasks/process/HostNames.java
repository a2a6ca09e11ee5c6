package dev.fargate.local.aws.tasks.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The hosts file of one task: its private names, and {@code localhost}, which is the task's own
 * address as it is inside a container. A Java program reads the file by a system property, any
 * other one finds it in place of /etc/hosts in a mount namespace of its own, where the machine
 * allows that.
 */
final class HostNames {
  private static final boolean NAMESPACES = namespacesAllowed();
  private static final String OWN_NAME = ownName();

  /**
   * The command-line properties of these names do not suffice: java.security sets the negative one
   * to ten seconds, and that wins.
   */
  private static final String NO_CACHE =
      "networkaddress.cache.ttl=0\nnetworkaddress.cache.negative.ttl=0\n";

  private final Path file;
  private final Path security;
  private final String address;
  private String written = "";

  HostNames(Path file, String address) {
    this.file = file;
    this.security = file.resolveSibling("no-name-cache.security");
    this.address = address;
  }

  /** Whether programs other than Java ones see the names. */
  static boolean namespaces() {
    return NAMESPACES;
  }

  /**
   * Rewrites the file in place, since a mount holds the file and not its name. It never gets
   * shorter, so that a reader never sees half an old line.
   */
  void write(Map<String, List<String>> records) {
    StringBuilder text = new StringBuilder();
    text.append(address).append(" localhost ").append(OWN_NAME).append('\n');
    new TreeMap<>(records)
        .forEach(
            (name, addresses) -> {
              String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
              addresses.forEach(each -> text.append(each).append(' ').append(plain).append('\n'));
            });
    if (text.toString().equals(written.stripTrailing() + "\n")) {
      return;
    }
    while (text.length() < written.length()) {
      text.append('\n');
    }
    written = text.toString();
    writeInPlace();
  }

  private void writeInPlace() {
    try {
      if (!Files.exists(security)) {
        Files.writeString(security, NO_CACHE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + security, e);
    }
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(written.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the names of a task to " + file, e);
    }
  }

  /** The command so that its program resolves names from the file. */
  List<String> withNames(List<String> command) {
    List<String> changed = new ArrayList<>();
    if (isJava(command)) {
      changed.add(command.get(0));
      changed.add("-Djdk.net.hosts.file=" + file);
      changed.add("-Djava.security.properties=" + security);
      changed.addAll(command.subList(1, command.size()));
    } else if (NAMESPACES) {
      changed.addAll(List.of("unshare", "--user", "--map-root-user", "--mount", "/bin/sh", "-c"));
      changed.add("mount --bind \"$0\" /etc/hosts && exec \"$@\"");
      changed.add(file.toString());
      changed.addAll(command);
    } else {
      changed.addAll(command);
    }
    return changed;
  }

  static boolean isJava(List<String> command) {
    return Path.of(command.get(0)).endsWith("java");
  }

  private static boolean namespacesAllowed() {
    try {
      Process probe =
          new ProcessBuilder(
                  "unshare",
                  "--user",
                  "--map-root-user",
                  "--mount",
                  "mount",
                  "--bind",
                  "/etc/hosts",
                  "/etc/hosts")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return probe.waitFor(5, TimeUnit.SECONDS) && probe.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Java asks for the machine's own name at times; without an answer it waits or fails. */
  private static String ownName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "";
    }
  }
}
