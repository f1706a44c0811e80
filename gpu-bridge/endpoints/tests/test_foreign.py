"""A pipeline that diffusers draws by its own code: what is promised of plain holds for it too."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from diffusers.models import AutoencoderKL, SD3Transformer2DModel, UNet2DConditionModel
from diffusers.pipelines import LatentConsistencyModelPipeline, StableDiffusion3Pipeline
from diffusers.schedulers import FlowMatchEulerDiscreteScheduler, LCMScheduler
from PIL import Image
from transformers import CLIPTextModelWithProjection

from teacup_endpoints import tiny
from teacup_endpoints.config import Config, Defaults, Endpoint, read_config
from teacup_endpoints.drawing import Drawer, to_data_url
from teacup_endpoints.errors import Refused
from teacup_endpoints.foreign import OwnPrompts, network_of
from teacup_endpoints.loading import load
from teacup_endpoints.noise import noise
from teacup_endpoints.sources import Source

# A part that may be absent, though diffusers' types do not say so.
_NONE: Any = None
INPUT = {"prompt": "a tea cup", "seeds": [5, 6], "width": 64, "height": 64}


def drawer(path: Path, **more: Any) -> Drawer:
    defaults = Defaults(steps=3)
    config = Config(
        name="tiny", device="cpu", base=Source(path=str(path)), defaults=defaults, **more
    )
    return Drawer(Endpoint(config), load(config))


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("foreign")
    tiny.write_all(folder)
    with tiny.seeded(0):
        parts = tiny.sd1().components
        parts["unet"] = other(UNet2DConditionModel, parts["unet"], time_cond_proj_dim=8)
        parts["scheduler"] = LCMScheduler.from_config(parts["scheduler"].config)
        pipe = LatentConsistencyModelPipeline(**parts, requires_safety_checker=False)
    pipe.save_pretrained(folder / "lcm", safe_serialization=True)
    sd3().save_pretrained(folder / "sd3", safe_serialization=True)
    return folder


def other(kind: Any, network: Any, **changes: Any) -> Any:
    """A network of the same shape but for what is changed."""
    # What its config calls a default would be taken for one again.
    own = {k: v for k, v in network.config.items() if k != "_use_default_values"}
    return kind.from_config({**own, **changes}).eval()


def sd3() -> Any:
    """A transformer that matches a flow: nothing of SD 1.x or SDXL but the two text encoders."""
    with tiny.seeded(0):
        first, second = tiny.tokenizer(), tiny.tokenizer(pad="!")
        vae = other(AutoencoderKL, tiny.vae(), shift_factor=0.06)
        return StableDiffusion3Pipeline(
            transformer=SD3Transformer2DModel(
                sample_size=8,
                patch_size=1,
                in_channels=4,
                out_channels=4,
                num_layers=1,
                attention_head_dim=8,
                num_attention_heads=2,
                joint_attention_dim=40,
                caption_projection_dim=16,
                pooled_projection_dim=36,
                pos_embed_max_size=32,
            ).eval(),
            scheduler=FlowMatchEulerDiscreteScheduler(),
            vae=vae,
            text_encoder=CLIPTextModelWithProjection(tiny.text_config(first, 16, 16)).eval(),
            tokenizer=first,
            text_encoder_2=CLIPTextModelWithProjection(tiny.text_config(second, 24, 20)).eval(),
            tokenizer_2=second,
            text_encoder_3=_NONE,
            tokenizer_3=_NONE,
        )


@pytest.mark.parametrize("name", ["sdxl", "sd1"])
def test_diffusers_own_code_draws_what_ours_draws(folders: Path, name: str) -> None:
    ours = drawer(folders / name, rows=2).draw(INPUT)
    theirs = drawer(folders / name, pipeline="any").draw(INPUT)
    assert theirs["images"] == ours["images"]
    assert theirs["evals"] == ours["evals"]
    assert theirs["model"] == ours["model"]


@pytest.mark.parametrize(
    ("name", "evals", "scheduler"),
    [
        # Guidance is an input of its network: one eval a step.
        ("lcm", 3, "LCMScheduler"),
        ("sd3", 6, "FlowMatchEulerDiscreteScheduler"),
    ],
)
def test_another_pipeline_is_drawn_and_its_evals_are_counted(
    folders: Path, name: str, evals: int, scheduler: str
) -> None:
    made = drawer(folders / name, pipeline="any").draw(INPUT)
    assert made["evals"] == evals
    assert made["method"]["mode"] == "diffusers"
    assert made["trace"]["asked"]["scheduler"] == scheduler
    assert len(set(made["images"])) == 2


def test_its_noise_is_the_contracts(folders: Path) -> None:
    made = drawer(folders / "sd3", pipeline="any")
    pipe = made.loaded.base.pipe
    (expected,) = pipe(
        INPUT["prompt"],
        width=64,
        height=64,
        num_inference_steps=3,
        guidance_scale=5.0,
        latents=noise((5,), 0, (4, 8, 8)),
    ).images
    assert made.draw({**INPUT, "seeds": [5]})["images"] == [to_data_url(expected)]


@pytest.mark.parametrize("name", ["lcm", "sd3"])
def test_an_image_depends_on_its_own_seed_alone(folders: Path, name: str) -> None:
    foreign = drawer(folders / name, pipeline="any")
    there = foreign.draw({**INPUT, "seeds": [1, 2, 3]})["images"]
    torch.manual_seed(99)
    back = foreign.draw({**INPUT, "seeds": [3, 1, 2]})["images"]
    assert there == [back[1], back[2], back[0]]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"scheduler": "euler"}, "drawn by its own code: leave the scheduler out"),
        ({"negative_prompt": "a glass"}, "takes no negative_prompt: leave it out"),
        ({"method_params": {"refiner_from": 1}}, "no refiner"),
    ],
)
def test_what_its_code_does_not_take_is_refused(
    folders: Path, changes: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        drawer(folders / "lcm", pipeline="any").draw({**INPUT, **changes})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('method = "moce"\npipeline = "any"\n', "where no method can reach them"),
        ('pipeline = "any"\nrefiner = { path = "r" }\n', "and no refiner"),
        ('pipeline = "any"\nfast = { vae = "bfloat16" }\n', "leave fast.vae out"),
        ('pipeline = "any"\ndefaults = { scheduler = "euler" }\n', "has its own scheduler"),
    ],
)
def test_what_only_our_own_steps_can_do_is_refused(
    tmp_path: Path, text: str, sentence: str
) -> None:
    (tmp_path / "it.toml").write_text(f'name = "a"\n{text}[base]\npath = "m"\n')
    with pytest.raises(Refused, match=sentence):
        read_config(tmp_path / "it.toml")


def test_a_censored_image_is_said_and_the_others_are_kept(folders: Path) -> None:
    made = drawer(folders / "sd3", pipeline="any")
    own = made.loaded.base.pipe

    class Prude:
        """Its pictures are white, so that the report alone gives the first one away."""

        vae_scale_factor, scheduler = own.vae_scale_factor, own.scheduler
        reports = iter((True, False))

        def __call__(self, **_asked: Any) -> Any:
            white = Image.new("RGB", (64, 64), "white")
            return SimpleNamespace(images=[white], nsfw_content_detected=[next(self.reports)])

    made.loaded.base.pipe = Prude()
    answer = made.draw(INPUT)
    assert answer["images"] == [None, to_data_url(Image.new("RGB", (64, 64), "white"))]
    assert "at the seeds [5]: " in answer["filtered"]


@pytest.mark.parametrize("name", ["sdxl", "sd1", "lcm", "sd3"])
def test_a_picture_of_numbers_that_are_not_finite_is_refused(folders: Path, name: str) -> None:
    """A colour that is no number becomes one of 0 to 255 where a picture is made of it."""
    made = drawer(folders / name, pipeline="any")
    real = made.loaded.base.pipe.vae.decode

    def broken(latents: torch.Tensor, **more: Any) -> Any:
        (pixels,) = real(latents, **more)
        pixels[0, 0, :4] = float("nan")
        return (pixels,)

    made.loaded.base.pipe.vae.decode = broken
    with pytest.raises(Refused, match="not finite at the seed 5: give it a wider type"):
        made.draw(INPUT)


LONG = " ".join(["cup"] * 80 + ["lost"])


@pytest.mark.parametrize(
    ("name", "tokenizers"),
    [("sdxl", ["tokenizer", "tokenizer_2"]), ("lcm", ["tokenizer"])],
)
def test_what_its_tokenizers_cut_is_told(folders: Path, name: str, tokenizers: list[str]) -> None:
    made = drawer(folders / name, pipeline="any")
    trace = made.draw({**INPUT, "prompt": LONG})["trace"]
    assert list(trace["truncated_by"][LONG]) == tokenizers
    lost = trace["truncated_by"][LONG]["tokenizer"]
    assert lost == "cup cup cup cup cup lost"
    assert trace["truncated"] == {LONG: lost}
    short = made.draw(INPUT)["trace"]
    assert not {"truncated", "truncated_by"} & set(short)


def test_each_tokenizer_cuts_at_its_own_length() -> None:
    """SD 3's third reads as many as the pipeline asks of it, which is more than the first two."""
    pipe = sd3()
    third = tiny.tokenizer()
    third.model_max_length = 10**30
    pipe.tokenizer_3 = third
    own = OwnPrompts(pipe)
    cut = own.look_at(LONG)
    assert list(cut) == ["tokenizer", "tokenizer_2"]
    longer = " ".join(["cup"] * 259 + ["lost"])
    lengths = {name: len(lost.split()) for name, lost in own.look_at(longer).items()}
    # Two marks a text: 75 words of 77 tokens, 254 of 256.
    assert lengths == {"tokenizer": 185, "tokenizer_2": 185, "tokenizer_3": 6}
    assert len(own.removed[longer].split()) == 185
    third.backend_tokenizer.post_processor = None  # as a language model's, which sets no marks
    assert own.look_at(longer)["tokenizer_3"] == "cup cup cup lost"


def test_a_pipeline_without_a_network_that_can_be_counted_is_refused() -> None:
    with pytest.raises(Refused, match="its evals cannot be counted"):
        network_of(SimpleNamespace())
