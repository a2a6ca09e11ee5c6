package dev.fargate.local.aws.ec2;

import dev.fargate.local.aws.wire.AwsException;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One loopback address per process task, from 127.7.0.0/16, so that many tasks listen on the same
 * port of one machine. Each endpoint claims whole blocks of 256 addresses by listening on a guard
 * port of the block's first address: two endpoints on one machine never share an address, and a
 * claim ends with its process, however that ends. Only addresses that this machine has are given
 * out: Linux has them all, macOS those that somebody added.
 */
public final class LoopbackAddresses implements AddressPool, Closeable {
  /** Any fixed port above 1024 that no task of ours is likely to bind. */
  private static final int GUARD_PORT = 47_007;

  private static final int BLOCKS = 256;
  private static final int GUARD_HOST = 1;
  private static final int FIRST_HOST = 2;
  private static final int LAST_HOST = 254;

  /** What a person can do where there are none (macOS has only 127.0.0.1 by itself). */
  private static final String REMEDY =
      "Where only 127.0.0.1 exists (macOS), add the addresses first, for example: for i in $(seq 1"
          + " 32); do sudo ifconfig lo0 alias 127.7.0.$i; done";

  private final Predicate<String> exists;
  private final List<ServerSocket> guards = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();
  private final Set<String> taken = new HashSet<>();
  private int next;

  public LoopbackAddresses() {
    this(LoopbackAddresses::canBeBound);
  }

  /**
   * @param exists whether this machine has an address
   */
  LoopbackAddresses(Predicate<String> exists) {
    this.exists = exists;
  }

  /**
   * Claims the first addresses now, so that whoever starts an endpoint hears at once what its first
   * task would fail for.
   *
   * @throws IllegalStateException when there are none, with what to do
   */
  public void require() {
    if (addresses.isEmpty() && !claimBlock()) {
      throw new IllegalStateException(
          "This machine has no address of 127.7.0.0/16 to run tasks on. " + REMEDY);
    }
  }

  @Override
  public String take(Network.Subnet subnet) {
    for (int attempt = 0; attempt < addresses.size(); attempt++) {
      String ip = addresses.get(next++ % addresses.size());
      if (taken.add(ip)) {
        return ip;
      }
    }
    int fresh = addresses.size();
    if (!claimBlock()) {
      throw new AwsException(
          "InsufficientFreeAddressesInSubnet",
          "all addresses of 127.7.0.0/16 that this machine has are taken. " + REMEDY);
    }
    next = fresh + 1;
    taken.add(addresses.get(fresh));
    return addresses.get(fresh);
  }

  @Override
  public void release(Network.Subnet subnet, String ip) {
    taken.remove(ip);
  }

  @Override
  public void close() {
    for (ServerSocket guard : guards) {
      try {
        guard.close();
      } catch (IOException e) {
        // Nothing was ever sent on it, so nothing is lost.
      }
    }
    guards.clear();
  }

  /** Whether there was one more. */
  private boolean claimBlock() {
    for (int block = 0; block < BLOCKS; block++) {
      String prefix = "127.7." + block + ".";
      if (!exists.test(prefix + FIRST_HOST)) {
        continue;
      }
      try {
        guards.add(guard(prefix + GUARD_HOST));
      } catch (IOException claimed) {
        continue;
      }
      for (int host = FIRST_HOST; host <= LAST_HOST; host++) {
        if (exists.test(prefix + host)) {
          addresses.add(prefix + host);
        }
      }
      return true;
    }
    return false;
  }

  private static boolean canBeBound(String address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(address), 0), 1);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static ServerSocket guard(String address) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.getByName(address), GUARD_PORT), 1);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
