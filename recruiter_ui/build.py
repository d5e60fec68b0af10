"""Puts the page together and serves it: `build_app(service)` is the page, `launch()` the server."""

from __future__ import annotations

import os

import gradio as gr
from starlette.middleware import Middleware

from model.errors import UsageError
from recruiter_ui import candidate, compare, i18n, intake, labels, markup, screen, screening, theme
from recruiter_ui.headers import SafeHeaders
from recruiter_ui.service import TYPICAL_LOAD_SECONDS, Service
from recruiter_ui.session import Session
from recruiter_ui.shell import Shell, plain

HOST = "127.0.0.1"
DAY = 24 * 3600


def build_app(service: Service) -> gr.Blocks:
    """The page. Nothing is loaded and no address is opened by building it."""
    with gr.Blocks(title="Shortlist", analytics_enabled=False, delete_cache=(3600, DAY),
                   fill_width=True) as app:
        session = gr.State(Session(), time_to_live=DAY, delete_callback=lambda held: held.close())
        with gr.Row(elem_classes="sl-header"):
            gr.HTML(markup.HEADER, elem_classes="sl-headline")
            engine = gr.HTML(markup.engine("loading", 0.0, TYPICAL_LOAD_SECONDS), elem_id="engine")
        trouble = plain("The model could not be loaded", visible=False, elem_classes="sl-warning", elem_id="trouble")
        with gr.Tabs(selected="screen", elem_id="tabs") as tabs:
            shell = Shell(service, session, tabs)
            with gr.Tab("Screen", id="screen"):
                screen_ui = screen.layout(shell)
            with gr.Tab("Candidate", id="candidate") as candidate_tab:
                candidate_ui = candidate.layout(shell)
            with gr.Tab("Compare", id="compare") as compare_tab:
                compare_ui = compare.layout(shell)
            with gr.Tab(i18n.lazy("Past decisions"), id="labels"):
                labels_ui = labels.layout(shell)
        screen.wire(shell, screen_ui, candidate.show, candidate_ui.outputs())
        candidate.wire(shell, candidate_ui, candidate_tab)
        compare.wire(shell, compare_ui, compare_tab)
        labels.wire(shell, labels_ui)
        clock = gr.Timer(1.0)
        clock.tick(lambda: _engine(service), None, [engine, trouble, screen_ui.adapter, clock],
                   api_name="engine_status", show_progress="hidden")
    return app.queue(default_concurrency_limit=16)


def _engine(service: Service) -> tuple:
    """The header's chip; the clock stops once loading has ended."""
    status = service.status()
    ended = status.state in ("ready", "failed")
    failed = status.state == "failed"
    judges = [(words, key) for key, words in screening.JUDGES.items()
              if key in status.adapters or key == "both" and len(status.adapters) > 1]
    choice = gr.Radio(choices=judges, value=judges[0][1]) if judges else gr.skip()
    return (markup.engine(status.state, status.seconds, TYPICAL_LOAD_SECONDS, status.adapters),
            gr.Textbox(value=status.message if failed else "", visible=failed), choice, gr.Timer(active=not ended))


def port() -> int:
    """The port asked for by GRADIO_SERVER_PORT, else 7860. Raises UsageError where that is no port."""
    stated = os.environ.get("GRADIO_SERVER_PORT") or "7860"
    if not stated.isdigit() or not 0 < int(stated) < 65536:
        raise UsageError(f"GRADIO_SERVER_PORT={stated!r} is no port: give a number from 1 to 65535")
    return int(stated)


def launch(service: Service | None = None, *, block: bool = True, server_port: int | None = None,
           quiet: bool = False) -> gr.Blocks:
    """Serve the page on this computer only; the engine begins to load once the page is up."""
    service = service or Service()
    app = build_app(service)
    where = server_port or port()
    try:
        app.launch(server_name=HOST, server_port=where, share=False, prevent_thread_lock=True, quiet=True,
                   show_error=False, run_history=False, footer_links=["settings"], allowed_paths=[],
                   max_file_size=intake.MAX_ZIP_BYTES, enable_monitoring=False, pwa=False, ssr_mode=False,
                   theme=theme.theme(), css=theme.css(), js=theme.JS, head=theme.HEAD, i18n=i18n.bundle(),
                   app_kwargs={"middleware": [Middleware(SafeHeaders)]})
    except OSError as error:
        raise UsageError(f"port {where} is taken: end what uses it, or set GRADIO_SERVER_PORT to another") from error
    if not quiet:
        print(f"Shortlist is at http://{HOST}:{where} (Ctrl-C ends it)", flush=True)
    service.start()
    if block:
        app.block_thread()
    return app


if __name__ == "__main__":
    launch()
