package dev.infermux.resilience;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Attackers of a gateway on this machine, as a program of their own, so that they and what they
 * attack do not share a heap. It says at which port its provider floods, and then takes lines:
 * {@code target API MANAGEMENT GRPC}, {@code start NAME|ALL}, {@code stop}, each of which it
 * answers. It ends with its input, and by itself after half an hour.
 */
final class Attackers {

  private static final long PAUSE_MILLIS = 100;
  private static final long MOST_OF_ONE_MILLIS = 3_000;
  private static final long LONGEST_MILLIS = 30L * 60 * 1000;

  private final Map<Attack, AtomicLong> done = new EnumMap<>(Attack.class);
  private final Map<Attack, String> surprises = new EnumMap<>(Attack.class);
  private final List<Thread> threads = new ArrayList<>();
  private AtomicBoolean over = new AtomicBoolean();
  private Attack.Target target = new Attack.Target(0, 0, 0);

  public static void main(String[] arguments) throws Exception {
    Thread end = new Thread(Attackers::endLater);
    end.setDaemon(true);
    end.start();
    System.out.println("flood " + FloodingProvider.start());
    Attackers attackers = new Attackers();
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(attackers.command(line.split(" ")));
    }
    System.exit(0);
  }

  private static void endLater() {
    try {
      Thread.sleep(LONGEST_MILLIS);
    } catch (InterruptedException e) {
      // It ends now.
    }
    Runtime.getRuntime().halt(1);
  }

  private String command(String[] words) throws InterruptedException {
    switch (words[0]) {
      case "target" ->
          target =
              new Attack.Target(
                  Integer.parseInt(words[1]),
                  Integer.parseInt(words[2]),
                  Integer.parseInt(words[3]));
      case "start" -> start(words[1]);
      case "stop" -> {
        return stop();
      }
      default -> throw new IllegalArgumentException(words[0]);
    }
    return "ok";
  }

  private void start(String name) {
    done.clear();
    surprises.clear();
    over = new AtomicBoolean();
    for (Attack attack : Attack.values()) {
      if (name.equals("ALL") || name.equals(attack.name())) {
        done.put(attack, new AtomicLong());
        threads.add(new Thread(() -> attack(attack, over), attack.words()));
      }
    }
    threads.forEach(Thread::start);
  }

  private void attack(Attack attack, AtomicBoolean end) {
    AtomicLong count = done.get(attack);
    while (!end.get() && count != null) {
      try {
        count.incrementAndGet();
        attack.once(target);
      } catch (IOException closed) {
        // Closed, reset or silent: that is what should become of it.
      } catch (IllegalStateException surprise) {
        synchronized (surprises) {
          surprises.put(attack, String.valueOf(surprise.getMessage()));
        }
      } catch (InterruptedException e) {
        return;
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  /** How often each was done, and what the gateway should not have answered. */
  private String stop() throws InterruptedException {
    over.set(true);
    for (Thread thread : threads) {
      thread.join(MOST_OF_ONE_MILLIS / threads.size());
      thread.interrupt();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    threads.clear();
    synchronized (surprises) {
      return "stopped " + done + (surprises.isEmpty() ? "" : " surprises " + surprises);
    }
  }
}
