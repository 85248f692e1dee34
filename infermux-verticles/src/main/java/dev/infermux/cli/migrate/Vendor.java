package dev.infermux.cli.migrate;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a model's vendor is found.
 *
 * @param type as the configuration of InferMux has it
 * @param baseUrl null = the type's own, or what the file says
 * @param keyVariable what holds the key where the file names none; empty = it takes none
 */
record Vendor(String type, @Nullable String baseUrl, String keyVariable) {

  private static final Map<String, Vendor> KNOWN = new HashMap<>();

  static {
    KNOWN.put("openai", new Vendor("openai", null, "OPENAI_API_KEY"));
    KNOWN.put("text-completion-openai", new Vendor("openai", null, "OPENAI_API_KEY"));
    KNOWN.put("custom_openai", new Vendor("openai", null, "OPENAI_API_KEY"));
    KNOWN.put("anthropic", new Vendor("anthropic", null, "ANTHROPIC_API_KEY"));
    KNOWN.put("azure", new Vendor("azure_openai", null, "AZURE_API_KEY"));
    KNOWN.put("ollama", new Vendor("ollama", null, ""));
    KNOWN.put("ollama_chat", new Vendor("ollama", null, ""));
    compatible("groq", "https://api.groq.com/openai/v1");
    compatible("mistral", "https://api.mistral.ai/v1");
    compatible("deepseek", "https://api.deepseek.com/v1");
    compatible("xai", "https://api.x.ai/v1");
    compatible("openrouter", "https://openrouter.ai/api/v1");
    compatible("perplexity", "https://api.perplexity.ai/");
    compatible("cerebras", "https://api.cerebras.ai/v1");
    compatible("sambanova", "https://api.sambanova.ai/v1");
    compatible("moonshot", "https://api.moonshot.ai/v1");
    compatible("deepinfra", "https://api.deepinfra.com/v1/openai");
    compatible("nvidia_nim", "https://integrate.api.nvidia.com/v1");
    compatible("fireworks_ai", "https://api.fireworks.ai/inference/v1");
    compatible("gemini", "https://generativelanguage.googleapis.com/v1beta/openai");
    compatible("cohere", "https://api.cohere.ai/compatibility/v1");
    KNOWN.put("cohere_chat", Objects.requireNonNull(KNOWN.get("cohere")));
    KNOWN.put(
        "together_ai", new Vendor("openai", "https://api.together.xyz/v1", "TOGETHERAI_API_KEY"));
    KNOWN.put("fireworks", Objects.requireNonNull(KNOWN.get("fireworks_ai")));
    further();
    for (String own : new String[] {"hosted_vllm", "vllm", "sgl", "lm_studio", "litellm_proxy"}) {
      KNOWN.put(own, new Vendor("openai", null, ""));
    }
    KNOWN.put("azure_ai", new Vendor("openai", null, "AZURE_AI_API_KEY"));
  }

  private static void further() {
    compatible("baseten", "https://inference.baseten.co/v1");
    compatible("codestral", "https://codestral.mistral.ai/v1");
    compatible("dashscope", "https://dashscope-intl.aliyuncs.com/compatible-mode/v1");
    compatible("featherless_ai", "https://api.featherless.ai/v1");
    compatible("hyperbolic", "https://api.hyperbolic.xyz/v1");
    compatible("lambda_ai", "https://api.lambda.ai/v1");
    compatible("minimax", "https://api.minimax.io/v1");
    compatible("nebius", "https://api.tokenfactory.nebius.com/v1");
    compatible("novita", "https://api.novita.ai/v3/openai");
    compatible("parasail", "https://api.parasail.io/v1");
    compatible("vercel_ai_gateway", "https://ai-gateway.vercel.sh/v1");
  }

  private static void compatible(String name, String baseUrl) {
    String variable = name.toUpperCase(java.util.Locale.ROOT) + "_API_KEY";
    KNOWN.put(name, new Vendor("openai", baseUrl, variable));
  }

  /** Empty for one whose API InferMux does not speak. */
  static Optional<Vendor> of(String name) {
    return Optional.ofNullable(KNOWN.get(name));
  }

  /** Whether only the file can say where it is. */
  boolean needsBaseUrl(String name) {
    return baseUrl == null
        && (type.equals("azure_openai")
            || name.contains("vllm")
            || name.equals("sgl")
            || name.equals("lm_studio")
            || name.equals("litellm_proxy")
            || name.equals("azure_ai")
            || name.equals("custom_openai"));
  }
}
